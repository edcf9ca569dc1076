import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import { itemsInHand } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItems } from '../../models/items.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { AllowedHours } from '../../src/domain/allowed-hours.ts';
import { nextNotice } from '../../src/domain/notice-times.ts';
import { LAPSING } from '../../src/domain/review-state.ts';
import { itemsToDo } from './items-to-do.ts';

/** The failures of which a person is to be told today, by the calendar of the ISO: whatever is due in the course of it. */
export interface DueNotices {
  /** Those that wait for the person still, the most urgent first: not put right, appealed or lapsed meanwhile. */
  readonly waiting: readonly Item[];
  /** All of them, to be noted as told. */
  readonly due: readonly Item[];
}

export async function dueNotices(
  userId: string,
  now: number,
  { timeZone }: AllowedHours,
  tx: Transaction,
): Promise<DueNotices> {
  const tomorrow = instantOf(dayAfter(dayOf(now, timeZone)), 0, timeZone);
  const inHand = await itemsInHand(userId, [...LAPSING, 'APPEALING'], tx);
  const due = inHand.filter(({ noticeAt = Infinity }) => noticeAt < tomorrow);
  if (due.length === 0) return { due, waiting: [] };
  const refs = new Set(due.map(({ itemRef }) => itemRef));
  const toDo = await itemsToDo(userId, now, tx);
  return { due, waiting: toDo.filter(({ itemRef }) => refs.has(itemRef)) };
}

/** From now on each is due when it is to be told next. */
export async function noteToldOf(
  items: readonly Item[],
  now: number,
  hours: AllowedHours,
  tx: Transaction,
): Promise<void> {
  const changes = items.map((item) => ({ item, change: { noticeAt: noticeAfter(item, now, hours) ?? null } }));
  await changeItems(changes, tx);
}

/** When a failure is told of next if it is told of now. */
export function noticeAfter({ deadlineAt = 0 }: Item, now: number, hours: AllowedHours): number | undefined {
  return nextNotice(now, deadlineAt, hours);
}
