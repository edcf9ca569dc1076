import { type Item, type ItemJudgement, readUnder } from '../../models/item-rows.ts';
import { programmesAt } from '../../models/programme-in-use.ts';
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
