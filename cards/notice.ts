import { menuButton } from './buttons.ts';
import { markdownText } from './markdown.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

/**
 * What the bot says instead of a card that cannot be shown: `suspended` and `limit` name the admin, `othersCard` its owner.
 * `checking` stands in place of a card whose tap takes long; `trouble` is all that a person reads of a mistake of ours.
 */
export interface NoticeModel {
  readonly kind: 'suspended' | 'oldCard' | 'othersCard' | 'limit' | 'checking' | 'trouble';
  /** The admin, or the owner of the card; unknown when absent. */
  readonly name?: string;
}

export function notice({ kind, name }: NoticeModel, t: T): CardView {
  const named = name !== undefined && t.has(`notice.${kind}.named`);
  const sentence = named
    ? markdownText(t, `notice.${kind}.named` as 'notice.suspended.named', { name })
    : t(`notice.${kind}`);
  return {
    title: t(`notice.${kind}.title`),
    body: sentence.split('\n'),
    actions: kind === 'trouble' || kind === 'oldCard' ? [menuButton(t)] : [],
  };
}
