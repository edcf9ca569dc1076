import { itemsDecidedOn, itemsInState } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems, posmRef } from '../../models/items.ts';
import type { ResultDay } from '../../models/result-days.ts';
import type { Transaction } from '../../models/transaction.ts';
import { type DataDate, dayOf } from '../../src/domain/calendar.ts';
import { standingOf, tallyOf } from '../../src/domain/item-standing.ts';
import { isPromoted } from './item-model.ts';
import { spotStandings, storeStandings } from './spots-of-items.ts';

/** `spotIds`: the spots about which something was decided. */
type DayNumbers = Pick<ResultDay, 'stores' | 'spots' | 'failed'> & { readonly spotIds: readonly string[] };

/**
 * What a day's data brought a person: of their stores and spots those that it decided, and those that were sent by then and are
 * still under review. Undefined where it decided none.
 */
export async function numbersOfDay(
  userId: string,
  dataDate: DataDate,
  timeZone: string,
  tx: Transaction,
): Promise<DayNumbers | undefined> {
  const decided = (await itemsDecidedOn(userId, dataDate, tx)).filter(isPromoted);
  if (decided.length === 0) return undefined;
  const waiting = (await itemsInState(userId, ['PENDING', 'APPEALING'], tx)).filter(
    ({ submittedAt }) => dayOf(submittedAt, timeZone) <= dataDate,
  );
  const seen = new Map([...decided, ...waiting].filter(isPromoted).map((item) => [item.itemRef, item]));
  const whole = await withOtherHalves([...seen.values()], tx);
  return {
    stores: tallyOf(storeStandings(whole)),
    spots: tallyOf(spotStandings(whole)),
    spotIds: [...new Set(decided.flatMap(({ spotId }) => spotId ?? []))],
    failed: decided.filter(({ state }) => standingOf(state) === 'failed').map(({ itemRef }) => itemRef),
  };
}

/** A spot is counted with what stands there, whichever of the two the day was about. */
async function withOtherHalves(items: readonly Item[], tx: Transaction): Promise<readonly Item[]> {
  const known = new Set(items.map(({ itemRef }) => itemRef));
  const wanted = items.flatMap(({ spotId }) => (spotId === undefined ? [] : [spotId, posmRef(spotId)]));
  const missing = [...new Set(wanted)].filter((itemRef) => !known.has(itemRef));
  return [...items, ...(await findItems(missing, tx))];
}
