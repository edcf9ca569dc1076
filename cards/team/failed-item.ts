import { isSuspected } from '../../src/domain/reasons.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { plain } from '../buttons.ts';
import { shownDate, shownTime } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { inHandFact } from '../review/item.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { ITEM_STATES } from '../review/item-state.ts';
import { quotedWords, type Words } from '../review/words.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { timeLeft } from '../time-left.ts';
import type { CardView } from '../view.ts';
import type { SaidReason } from '../vocabulary.ts';
import { adminReason } from './failed.ts';

export interface FailedItemModel {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly state: ReviewState;
  readonly reasons: readonly SaidReason[];
  /** The reviewer's own. */
  readonly words?: Words | undefined;
  /** Who did it. */
  readonly staff: string;
  /** In whose hands it is: who can modify and appeal; empty for nobody's. */
  readonly inHandOf: string;
  readonly submittedAt: number;
  readonly deadlineAt?: number | undefined;
  readonly now: number;
  readonly timeZone: string;
}

/** *✗ Baan Coffee · Door*, as an admin reads it: who, why, until when. What can be done is for whoever has it in hand. */
export function failedItem(model: FailedItemModel, t: T): CardView {
  const { name, state, reasons, words, submittedAt, inHandOf, timeZone } = model;
  const staff = shorten(model.staff, 20);
  return {
    title: `✗ ${itemName(t, name, 28)}`,
    tag: { text: t(ITEM_STATES[state]), tone: state === 'MODIFYING' ? 'warning' : 'danger' },
    body: [
      `**${adminReason(t, reasons)}**`,
      ...(words === undefined ? [] : [quotedWords(t, words)]),
      ...(isSuspected(reasons) ? [t('failed.fraudWhat')] : []),
      ...deadlineLine(model, t),
    ],
    facts: [
      { label: t('failed.who'), value: staff },
      ...(inHandOf === model.staff ? [] : [inHandFact(t, inHandOf)]),
      { label: t('failed.sent'), value: shownDate(t.language, submittedAt, timeZone) },
    ],
    actions: [
      ...(isOver(state) ? [] : [plain(t('button.giveTo'), 'handOver.open', { work: `item/${model.itemRef}` })]),
      plain(t('button.whatHappened'), 'team.story', { item: model.itemRef }),
      plain(t('button.failedSpots'), 'team.failed'),
    ],
    note: inHandOf === '' ? t('failed.nobody') : t('failed.note', { name: shorten(inHandOf, 20) }),
  };
}

function isOver(state: ReviewState): boolean {
  return state === 'APPROVED' || state === 'LAPSED' || state === 'REJECTED_FINAL';
}

function deadlineLine({ deadlineAt, now, timeZone }: FailedItemModel, t: T): string[] {
  if (deadlineAt === undefined) return [];
  const date = shownDate(t.language, deadlineAt, timeZone);
  const time = shownTime(t.language, deadlineAt, timeZone);
  return [markdownText(t, 'failed.until', { date, time, left: timeLeft(t, now, deadlineAt, timeZone) })];
}
