import { labelWith, menuButton, plain } from './buttons.ts';
import { markdownText } from './markdown.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardView } from './view.ts';

interface Notice {
  readonly title: TextKey;
  readonly text: TextKey;
  /** Where it can name somebody. */
  readonly named?: TextKey | undefined;
}

const NOTICES: Readonly<Record<NoticeModel['kind'], Notice>> = {
  suspended: { title: 'notice.suspended.title', text: 'notice.suspended', named: 'notice.suspended.named' },
  oldCard: { title: 'notice.oldCard.title', text: 'notice.oldCard' },
  othersCard: { title: 'notice.othersCard.title', text: 'notice.othersCard', named: 'notice.othersCard.named' },
  checking: { title: 'notice.checking.title', text: 'notice.checking' },
  trouble: { title: 'notice.trouble.title', text: 'notice.trouble' },
  unsafe: { title: 'notice.unsafe.title', text: 'notice.unsafe' },
};

/**
 * What the bot says instead of a card that cannot be shown: `suspended` names the admin, `othersCard` its owner.
 * `checking` stands in place of a card whose tap takes long; `trouble` is all that a person reads of a mistake of ours; `unsafe` stands
 * for a card of which DingTalk refuses a word.
 */
export interface NoticeModel {
  readonly kind: 'suspended' | 'oldCard' | 'othersCard' | 'checking' | 'trouble' | 'unsafe';
  /** The admin, or the owner of the card; unknown when absent. */
  readonly name?: string | undefined;
  /** The ISO that somebody who is paused can leave. */
  readonly leaves?: string | undefined;
}

const GOES_ON: ReadonlySet<NoticeModel['kind']> = new Set(['trouble', 'oldCard', 'unsafe']);

export function notice({ kind, name, leaves }: NoticeModel, t: T): CardView {
  const { title, text, named } = NOTICES[kind];
  const sentence = name === undefined || named === undefined ? t(text) : markdownText(t, named, { name });
  return {
    title: t(title),
    body: sentence.split('\n'),
    actions: [
      ...(GOES_ON.has(kind) ? [menuButton(t)] : []),
      ...(leaves === undefined ? [] : [plain(labelWith(t, 'button.leaveIso', leaves), 'association.leave')]),
    ],
  };
}
