import { z } from 'zod';
import { addAudit } from '../../../models/audit.ts';
import { touchCardsAbout } from '../../../models/cards.ts';
import type { Item } from '../../../models/item-rows.ts';
import { changeItems, findItems, isosOfItems } from '../../../models/items.ts';
import { programmesAt } from '../../../models/programme-in-use.ts';
import type { Transaction } from '../../../models/transaction.ts';
import { addWebhookEvents } from '../../../models/webhook-events.ts';
import { settledEvent } from '../../domain/webhook-event.ts';
import type { Programme } from '../../programme/programme.ts';
import { dataDate, key, oneOf } from './columns.ts';
import { asForeseen } from './foreseen.ts';
import type { Batch, LandingKind, Outcome } from './kind.ts';

const settlementRow = z.object({
  sourceRowKey: key,
  dataDate,
  isoId: key,
  spotRef: key,
  fee: key,
  state: oneOf(['CONFIRMED', 'REVERSED']),
});
type SettlementRow = z.infer<typeof settlementRow>;
type Fee = Programme['fees'][number];

/**
 * `settlement_*.csv`: the fee of a spot is confirmed or reversed that the programme gives for what is approved. Currency and amount are
 * not kept, nor are the other fees: nothing shows them.
 */
export const SETTLEMENTS: LandingKind<SettlementRow> = {
  columns: { required: ['sourceRowKey', 'dataDate', 'isoId', 'spotRef', 'fee', 'state'], optional: [] },
  spellings: { sourceRowKey: 'key', dataDate: 'day', isoId: 'key', spotRef: 'key', fee: 'key', state: 'word' },
  rowsAtOnce: 500,
  keyColumn: 'sourceRowKey',
  schema: settlementRow,
  async known(rows) {
    const isos = await isosOfItems(rows.map(({ spotRef }) => spotRef));
    return rows.map(({ spotRef, isoId }) => isos.get(spotRef) === isoId);
  },
  async plan(rows, batch, tx) {
    const stored = await findItems(
      rows.map(({ spotRef }) => spotRef),
      tx,
    );
    const read = asForeseen(stored, batch.foreseen?.items, ({ itemRef }) => itemRef);
    const now = new Map(read.map((item) => [item.itemRef, item]));
    const programmes = await programmesAt(read.map(({ programme }) => programme));
    const eligible = ({ programme }: Item, fee: string): Fee['eligible'] | undefined =>
      programmes(programme).programme.fees.find(({ id }) => id === fee)?.eligible;
    const outcomes = rows.map((row) => settle(row, now, eligible));
    const changed = read.filter((before) => now.get(before.itemRef) !== before);
    return {
      read: read.map(({ itemRef }) => itemRef),
      changed: changed.map(({ itemRef }) => itemRef),
      async write(inTx) {
        await write(changed, now, batch, inTx);
        return outcomes;
      },
      async foresee({ items }) {
        for (const before of changed) items.set(before.itemRef, now.get(before.itemRef) ?? before);
        return outcomes;
      },
    };
  },
};

/** The row of the latest day stands, and of one day the one with the last key, whatever their order. */
function settle(
  row: SettlementRow,
  items: Map<string, Item>,
  eligible: (item: Item, fee: string) => Fee['eligible'] | undefined,
): Outcome {
  const { sourceRowKey, isoId, spotRef, fee, state: settlement } = row;
  const item = items.get(spotRef);
  if (item?.isoId !== isoId || item.itemType !== 'SPOT') return { outcome: 'unmatched', reason: 'unknownItem' };
  const by = eligible(item, fee);
  if (by === undefined) return { outcome: 'malformed', reason: 'fee is none of the programme' };
  if (by !== 'approved') return { outcome: 'unchanged', reason: 'feeNotKept' };
  const settledBy = `${row.dataDate}/${sourceRowKey}`;
  const before = item.settledBy ?? '';
  if (settledBy < before) return { outcome: 'superseded', reason: 'olderSettlement' };
  if (settledBy > before) {
    items.set(spotRef, { ...item, settlement, settledBy });
    return { outcome: 'applied' };
  }
  return item.settlement === settlement
    ? { outcome: 'unchanged', reason: 'knownAlready' }
    : { outcome: 'conflict', reason: 'twoSettlementsAtOnce' };
}

async function write(
  changed: readonly Item[],
  items: ReadonlyMap<string, Item>,
  { now, cause }: Batch,
  tx: Transaction,
): Promise<void> {
  const settled = changed.flatMap((item) => {
    const { settlement, settledBy } = items.get(item.itemRef) ?? {};
    return settlement === undefined || settledBy === undefined ? [] : [{ item, change: { settlement, settledBy } }];
  });
  await changeItems(settled, tx);
  await addWebhookEvents(() => settled.map(({ item, change }) => settledEvent(item, change, now)), tx);
  await touchCardsAbout(
    'item',
    changed.map(({ itemRef }) => itemRef),
    tx,
  );
  const entry = { at: now, by: 'system', what: 'item.settled', cause };
  await addAudit(
    settled.map(({ item: { isoId, itemRef: id }, change: { settlement } }) => {
      return { ...entry, isoId, subject: { kind: 'item', id }, details: { settlement } };
    }),
    tx,
  );
}
