import type { ReviewState } from '../../src/domain/review-state.ts';
import { menuButton, plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { timeLeft } from '../time-left.ts';
import type { CardView } from '../view.ts';
import { reviewReason, type SaidReason } from '../vocabulary.ts';
import { type ItemName, itemName } from './item-name.ts';
import { ITEM_STATES } from './item-state.ts';

export interface ItemRow {
  readonly itemRef: string;
  readonly name: ItemName;
  /** As of now. */
  readonly state: ReviewState;
  /** Whether its appeal is begun and not sent. */
  readonly unsent?: boolean | undefined;
  readonly reason: SaidReason | undefined;
  readonly deadlineAt: number | undefined;
  /** Where another than the reader did it, or has it in hand, their name. */
  readonly other?: string | undefined;
}

/** What failed, or what colleagues did and somebody has in hand. */
export type ListedItems = 'failed' | 'hand';

export interface ItemListModel {
  readonly of: ListedItems;
  /** The rows of this page, the most urgent first. */
  readonly rows: readonly ItemRow[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly now: number;
  readonly timeZone: string;
}

const LABEL = 30;

/** A list of items, one tap each. */
export function itemList(model: ItemListModel, t: T): CardView {
  const { of, rows, page, pages } = model;
  const turn = (to: number): Record<string, string> => ({ of, page: `${to}` });
  const title = t(of === 'failed' ? 'list.failed' : 'list.hand');
  const none = t(of === 'failed' ? 'list.noneFailed' : 'list.noneInHand');
  return {
    title,
    body: pages > 1 ? [t('list.page', { page, pages })] : rows.length === 0 ? [none] : undefined,
    facts: rows.map((row) => ({
      label: itemName(t, row.name),
      value: `${howItStands(t, row, model)}${otherName(row)}`,
    })),
    actions: [
      ...rows.map(({ itemRef, name }) => plain(itemName(t, name, LABEL), 'review.open', { item: itemRef })),
      ...(page > 1 ? [plain(t('button.earlier'), 'review.list', turn(page - 1))] : []),
      ...(page < pages ? [plain(t('button.later'), 'review.list', turn(page + 1))] : []),
      plain(t('button.back'), 'review.mine'),
      menuButton(t),
    ],
  };
}

/** ` · Lek Boonmee`: who else it is about. */
export function otherName({ other }: ItemRow): string {
  return other === undefined ? '' : ` · ${shorten(other, 16)}`;
}

/** `✗ Photo too dark · 3 days left`, `! Appeal not sent · last day`, `… In review`: icon and word. */
export function howItStands(
  t: T,
  { state, unsent, reason, deadlineAt }: ItemRow,
  { now, timeZone }: Pick<ItemListModel, 'now' | 'timeZone'>,
): string {
  const left = deadlineAt === undefined ? '' : ` · ${timeLeft(t, now, deadlineAt, timeZone)}`;
  if (unsent === true) return `${t('list.appealNotSent')}${left}`;
  if (state === 'MODIFYING') return `${t(ITEM_STATES[state])}${left}`;
  const isOpen = state === 'REJECTED' || state === 'INVALIDATED';
  if (!isOpen) return t(ITEM_STATES[state]);
  return `✗ ${reason === undefined ? '' : reviewReason(t, reason)}${left}`;
}
