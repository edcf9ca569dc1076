import { type DataDate, dayOf } from '@field/kit/calendar';
import type { Item } from '../../models/item-rows.ts';
import { findItems, posmRef } from '../../models/items.ts';
import { standingOf, type Tally, tallyOf } from '../../src/domain/item-standing.ts';
import { isPromoted, sentAgain, spotStandings, storeStandings } from './item-model.ts';

interface DayItems {
  /** What the data of the day decided. */
  readonly decided: readonly Item[];
  /** What is under review, whenever it was sent. */
  readonly waiting: readonly Item[];
  readonly dataDate: DataDate;
  /** The programme's (domain A.12-18). */
  readonly timeZone: string;
}

interface DayNumbers {
  readonly stores: Tally;
  readonly spots: Tally;
  /** Of each store and spot that failed, what did: of a spot itself, or else what stands there. */
  readonly failures: readonly Item[];
}

/**
 * How stores and spots stand with the data of a day: those that it decided, and those that were sent by then and still wait. One
 * rule for people, teams and groups, whose cards stand side by side.
 */
export async function dayNumbers({ decided, waiting, dataDate, timeZone }: DayItems): Promise<DayNumbers> {
  const sent = waiting.filter(({ submittedAt }) => dayOf(submittedAt, timeZone) <= dataDate);
  const seen = new Map([...decided, ...sent].filter(isPromoted).map((item) => [item.itemRef, item]));
  const whole = await withOtherHalves([...seen.values()]);
  return {
    stores: { ...tallyOf(storeStandings(whole)), again: sentAgain(whole, 'STORE') },
    spots: { ...tallyOf(spotStandings(whole)), again: sentAgain(whole, 'SPOT') },
    failures: failuresAmong(whole),
  };
}

/** A spot is counted with what stands there, whichever of the two the day was about. */
async function withOtherHalves(items: readonly Item[]): Promise<readonly Item[]> {
  const known = new Set(items.map(({ itemRef }) => itemRef));
  const wanted = items.flatMap(({ spotId }) => (spotId === undefined ? [] : [spotId, posmRef(spotId)]));
  const missing = [...new Set(wanted)].filter((itemRef) => !known.has(itemRef));
  return missing.length === 0 ? items : [...items, ...(await findItems(missing))];
}

function failuresAmong(items: readonly Item[]): readonly Item[] {
  const failed = items.filter(({ state }) => standingOf(state) === 'failed');
  const spotsFirst = failed.toSorted(
    (one, other) => Number(one.itemType === 'POSM') - Number(other.itemType === 'POSM'),
  );
  const found = new Map<string, Item>();
  for (const item of spotsFirst) {
    const what = item.itemType === 'STORE' ? item.itemRef : (item.spotId ?? item.itemRef);
    found.set(what, found.get(what) ?? item);
  }
  return [...found.values()];
}
