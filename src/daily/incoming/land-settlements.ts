import { auditedTogether } from '../../../models/audit-batches.ts';
import { touchCardsAbout } from '../../../models/cards.ts';
import { addFeeLines, changeFeeLines, feeLinesOf } from '../../../models/fee-lines.ts';
import { closedMonths, countFeeMoves, writeInLedger } from '../../../models/fee-months.ts';
import { changeItems, findItems, isosOfItems } from '../../../models/items.ts';
import { programmesAt } from '../../../models/programme-in-use.ts';
import type { Transaction } from '../../../models/transaction.ts';
import { addWebhookEvents } from '../../../models/webhook-events.ts';
import { settledEvent } from '../../domain/webhook-event.ts';
import { type DecidedSettlements, decideSettlements, type SettledItem } from './decide-settlements.ts';
import { asForeseen } from './foreseen.ts';
import type { Batch, LandingKind } from './kind.ts';
import { SETTLEMENT_COLUMNS, SETTLEMENT_SPELLINGS, type SettlementRow, settlementRow } from './settlement-row.ts';

/**
 * `settlement_*.csv`: a fee of the programme is confirmed or reversed for an item. Each row is kept as a line of the ISO's ledger. Every
 * item with a new line becomes one version newer, so that nobody else adds to it by what it was.
 */
export const SETTLEMENTS: LandingKind<SettlementRow> = {
  columns: SETTLEMENT_COLUMNS,
  spellings: SETTLEMENT_SPELLINGS,
  rowsAtOnce: 500,
  keyColumn: 'sourceRowKey',
  schema: settlementRow,
  async known(rows) {
    const isos = await isosOfItems(rows.map(({ itemRef }) => itemRef));
    return rows.map(({ itemRef, isoId }) => isos.get(itemRef) === isoId);
  },
  async plan(rows, batch, tx) {
    const refs = [...new Set(rows.map(({ itemRef }) => itemRef))];
    const items = asForeseen(await findItems(refs, tx), batch.foreseen?.items, ({ itemRef }) => itemRef);
    const stored = new Map((await feeLinesOf(refs, tx)).map((line) => [line.lineId, line]));
    for (const line of batch.foreseen?.feeLines.values() ?? [])
      if (refs.includes(line.itemRef)) stored.set(line.lineId, line);
    const programmes = await programmesAt(items.map(({ programme }) => programme));
    const closed = await closedMonths([...new Set(items.map(({ isoId }) => isoId))], tx);
    const decided = decideSettlements(rows, {
      items,
      lines: [...stored.values()],
      eligible: (item, fee) => programmes(item.programme).programme.fees.find(({ id }) => id === fee)?.eligible,
      closedThrough: (isoId) => closed.get(isoId),
      batch,
    });
    return {
      read: refs,
      changed: decided.items.map(({ before }) => before.itemRef),
      async write(inTx) {
        await write(decided, closed, batch, inTx);
        return decided.outcomes;
      },
      async foresee({ items: foreseen, feeLines }) {
        for (const { after } of decided.items) foreseen.set(after.itemRef, after);
        for (const line of [...decided.added, ...decided.changed]) feeLines.set(line.lineId, line);
        return decided.outcomes;
      },
    };
  },
};

async function write(
  { items, added, changed, moves, rows }: DecidedSettlements,
  closed: ReadonlyMap<string, string>,
  { now, cause }: Batch,
  tx: Transaction,
): Promise<void> {
  for (const isoId of new Set(added.map((line) => line.isoId))) await writeInLedger(isoId, closed.get(isoId), tx);
  await addFeeLines(added, tx);
  await changeFeeLines(changed, tx);
  await countFeeMoves(moves, tx);
  const settled = items.flatMap(settledAnew);
  const entries = settled.map(({ item: { isoId, itemRef }, line: { lineId, state: settlement } }) => {
    return { isoId, itemRef, what: 'item.settled', row: rows.get(lineId), details: { settlement } } as const;
  });
  const audit = auditedTogether(entries, { at: now, cause });
  const told = new Set(settled.map(({ item }) => item.itemRef));
  const changes = items.map(({ before, after: { settlement, settledBy } }) => ({
    item: before,
    change: settledBy === before.settledBy ? {} : { settlement, settledBy },
    auditBatch: told.has(before.itemRef) ? audit.batchOf(before.isoId) : undefined,
  }));
  await changeItems(changes, tx);
  await addWebhookEvents(() => settled.map(({ item, line }) => settledEvent(item, line, now)), tx);
  await touchCardsAbout('item', [...told], tx);
  await audit.add(tx);
}

/** An item whose fee for its approval stands otherwise than before. */
function settledAnew({ before: item, line }: SettledItem) {
  return line === undefined || line.settledBy === item.settledBy ? [] : [{ item, line }];
}
