import { isSuspected } from '../src/domain/reasons.ts';
import { type Item, type ItemChange, readUnder } from './item-rows.ts';
import { programmesAt } from './programme-in-use.ts';

/** By `itemRef` which of these are suspected from now on (`null`: not any more); what is judged as before has no entry. */
export async function suspicionMarks(
  changes: readonly { readonly item: Item; readonly change: ItemChange }[],
): Promise<ReadonlyMap<string, true | null>> {
  const marks = new Map<string, true | null>();
  for (const { item, change } of changes) {
    const judgement = change.judgement ?? undefined;
    if (judgement === undefined || judgement === item.judgement) continue;
    const { reasonCodes, decision } = judgement;
    const isFailure = decision !== 'APPROVED' && reasonCodes.length > 0;
    const isSo = isFailure && (await isSuspicion(reasonCodes, { ...item, judgement }));
    if (isSo) marks.set(item.itemRef, true);
    else if ((item.judgement?.reasonCodes ?? []).length > 0) marks.set(item.itemRef, null);
  }
  return marks;
}

async function isSuspicion(codes: readonly string[], read: Parameters<typeof readUnder>[0]): Promise<boolean> {
  const version = readUnder(read);
  const { reasons } = (await programmesAt([version]))(version);
  return isSuspected(codes.map((code) => reasons.of(code)));
}
