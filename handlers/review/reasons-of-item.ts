import { openFailures, type WhoseFailures } from '../../models/failure-lists.ts';
import { type Item, type ItemJudgement, readUnder } from '../../models/item-rows.ts';
import { currentProgramme, FIRST_VERSION, programmesAt } from '../../models/programme-in-use.ts';
import { isSuspected, type Reason } from '../../src/domain/reasons.ts';

/** What of an item says why it failed. */
type Judged = Pick<Item, 'itemRef' | 'programme'> & {
  readonly judgement?: Pick<ItemJudgement, 'decision' | 'reasonCodes' | 'programme'> | undefined;
};

/** Why each of these failed, by `itemRef`, in the words that it was said in: for another reason where none was said. */
export async function reasonsOfItems(items: readonly Judged[]): Promise<ReadonlyMap<string, readonly Reason[]>> {
  const programmes = await programmesAt(items.map(readUnder));
  return new Map(
    items.map((item) => {
      const { reasons } = programmes(readUnder(item));
      const { decision = 'APPROVED', reasonCodes = [] } = item.judgement ?? {};
      const codes = reasonCodes.length === 0 && decision !== 'APPROVED' ? [undefined] : reasonCodes;
      return [item.itemRef, codes.map((code) => reasons.of(code))];
    }),
  );
}

/** Why one failed. */
export async function reasonsOfItem(item: Judged): Promise<readonly Reason[]> {
  return (await reasonsOfItems([item])).get(item.itemRef) ?? [];
}

/** Which of these somebody suspects, by `itemRef`. */
export async function suspicionsAmong(items: readonly Judged[]): Promise<ReadonlySet<string>> {
  const all = await reasonsOfItems(items);
  return new Set([...all].flatMap(([itemRef, reasons]) => (isSuspected(reasons) ? [itemRef] : [])));
}

/** How many of the failures that can still be put right are suspected: only those that may be are handed out by the store. */
export async function countSuspicions(whose: WhoseFailures, now: number): Promise<number> {
  return (await suspicionsAmong(await openFailures(whose, now, await suspicions()))).size;
}

/** The reasons that are a suspicion by any version of the programme. */
async function suspicions(): Promise<readonly string[]> {
  const { version } = currentProgramme();
  const versions = Array.from({ length: version - FIRST_VERSION + 1 }, (_, index) => FIRST_VERSION + index);
  const programmeAt = await programmesAt(versions);
  const reasons = versions.flatMap((each) => Object.entries(programmeAt(each).programme.reasons));
  return [...new Set(reasons.flatMap(([code, { saidAlone }]) => (saidAlone ? [code] : [])))];
}
