import type { Verdict } from './judge.ts';
import type { Memory } from './memory.ts';
import type { SubmittedItem } from './submitted-item.ts';

/** Takes in one judged item: who works for the ISO, what the shop is called, what is approved since when. */
export function learn(memory: Memory, item: SubmittedItem, { decision }: Verdict, dataDate: string): void {
  const { isoId, itemRef, staffRef } = item;
  memory.staff[isoId] ??= {};
  memory.staff[isoId][staffRef] ??= 0;
  const approved = decision === 'APPROVED';
  if (item.itemType === 'STORE') {
    const { nameLocal: name, address, countryRegion, acceptsOnlyAlipay } = item.values;
    memory.stores[itemRef] = { isoId, name, address, countryRegion, acceptsOnlyAlipay, approved };
  }
  if (item.itemType === 'SPOT') {
    const known = memory.spots[itemRef];
    memory.spots[itemRef] = {
      isoId,
      storeRef: item.storeRef,
      promoter: staffRef,
      tasked: known?.tasked ?? false,
      settled: known?.settled ?? false,
      approvedOn: approved ? dataDate : undefined,
    };
  }
  if (item.itemType === 'APPEAL' && approved) {
    const { [item.against.itemRef]: store } = memory.stores;
    const { [item.against.itemRef]: spot } = memory.spots;
    if (store) store.approved = true;
    if (spot) spot.approvedOn = dataDate;
  }
}
