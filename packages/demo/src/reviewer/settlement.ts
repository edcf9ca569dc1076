import { dayAfter } from '@field/kit/calendar';
import { type Row, writtenDay } from './incoming-file.ts';
import type { Memory } from './memory.ts';

export const SETTLEMENT_COLUMNS = [
  ...(['sourceRowKey', 'dataDate', 'isoId', 'itemRef', 'fee', 'currency', 'amount', 'state'] as const),
] as const;

const SETTLED_AFTER_DAYS = 3;
/** No rate of the programme is published (domain A.2): an amount that nobody takes for one. */
const DEMO_FEE = { fee: 'DEPLOYMENT', currency: 'USD', amount: '1.00' } as const;

/** The deployment fees that a night confirms: spots approved three days ago, whose shop is approved too. */
export function settlements(memory: Memory, dataDate: string) {
  const rows: Row<(typeof SETTLEMENT_COLUMNS)[number]>[] = [];
  for (const [spotRef, spot] of Object.entries(memory.spots)) {
    const { approvedOn, settled, isoId, storeRef } = spot;
    if (settled || approvedOn === undefined || memory.stores[storeRef]?.approved !== true) continue;
    if (dataDate < dayAfter(approvedOn, SETTLED_AFTER_DAYS)) continue;
    spot.settled = true;
    rows.push({
      sourceRowKey: `fee-${spotRef}`,
      dataDate: writtenDay(dataDate),
      isoId,
      itemRef: spotRef,
      ...DEMO_FEE,
      state: 'CONFIRMED',
    });
  }
  return rows;
}
