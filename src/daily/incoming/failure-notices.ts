import type { Item } from '../../../models/item-rows.ts';
import type { Transaction } from '../../../models/transaction.ts';
import type { AllowedHours } from '../../domain/allowed-hours.ts';
import { firstNotice } from '../../domain/notice-times.ts';
import { LAPSING } from '../../domain/review-state.ts';
import { hoursOfIso } from '../hours-of-iso.ts';

interface Judged {
  readonly before: Item;
  readonly after: Item;
}

/**
 * When whoever has each of these in hand is told of it next, by itemRef: of what failed now, or has another deadline now. Null where
 * there is nothing to be told any more; what is left out stays as it was.
 */
export async function failureNotices(
  items: readonly Judged[],
  now: number,
  tx?: Transaction,
): Promise<ReadonlyMap<string, number | null>> {
  const notices = new Map<string, number | null>();
  const hours = new Map<string, AllowedHours>();
  for (const { before, after } of items) {
    const { itemRef, isoId, deadlineAt } = after;
    if (deadlineAt === undefined || !isToldOf(after)) {
      if (before.noticeAt !== undefined) notices.set(itemRef, null);
      continue;
    }
    if (isToldOf(before) && before.deadlineAt === deadlineAt) continue;
    const known = hours.get(isoId) ?? (await hoursOfIso(isoId, tx));
    hours.set(isoId, known);
    notices.set(itemRef, firstNotice(now, deadlineAt, known) ?? null);
  }
  return notices;
}

/** An inspection that is to be corrected has cards of its own. */
function isToldOf({ itemType, state }: Item): boolean {
  return itemType !== 'INSPECTION' && (LAPSING.includes(state) || state === 'APPEALING');
}
