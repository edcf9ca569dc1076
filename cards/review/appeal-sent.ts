import type { AppealState } from '../../src/domain/appeal-state.ts';
import { menuButton, plain } from '../buttons.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import { status } from '../status.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { answerByLine } from './answer-by.ts';
import { type ItemName, itemName, itemPlace } from './item-name.ts';

/** An appeal that was sent: a record, which tells in the end what became of it. */
export interface AppealSentModel {
  readonly name: ItemName;
  readonly itemRef: string;
  readonly state: AppealState;
  /** Whether it can still be taken back: it is unanswered, and something else could be done instead. */
  readonly canWithdraw: boolean;
  /** By when it is to be answered, milliseconds. */
  readonly answerBy?: number | undefined;
  readonly now: number;
  readonly timeZone: string;
}

const STATES: Readonly<Record<AppealState, TextKey>> = {
  DRAFT: 'appeal.state.DRAFT',
  FILED: 'appeal.state.FILED',
  ACCEPTED: 'appeal.state.ACCEPTED',
  DENIED: 'appeal.state.DENIED',
  WITHDRAWN: 'appeal.state.WITHDRAWN',
  EXPIRED: 'appeal.state.EXPIRED',
};

/** *✓ Appeal sent*. */
export function appealSent(model: AppealSentModel, t: T): CardView {
  const { name, itemRef, state, canWithdraw } = model;
  const open = plain(t('button.view'), 'review.open', { item: itemRef });
  return {
    title: t('appeal.sent.title'),
    tag: status(t(STATES[state])),
    body: [
      `**${escapeMarkdown(itemName(t, name))}**`,
      ...(state === 'FILED'
        ? [markdownText(t, 'appeal.sent.locked', { name: itemPlace(t, name) }), ...answerByLine(t, model)]
        : []),
    ],
    actions: [canWithdraw ? plain(t('button.withdraw'), 'review.withdraw') : open, menuButton(t)],
    note: t('result.late'),
  };
}
