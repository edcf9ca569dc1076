import { dayOf } from '@field/kit/calendar';
import { itemName } from '../../cards/review/item-name.ts';
import { dashed, feeNumberName } from '../../cards/team/fees.ts';
import { feeName } from '../../cards/vocabulary.ts';
import { feeItemName } from '../../handlers/team/load-fees.ts';
import { type FeeLine, feeLinesOfWholeMonth } from '../../models/fee-lines.ts';
import { monthsWithFees } from '../../models/fee-months.ts';
import { findIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { amountsOf, type FeeStep, monthOfDay } from '../domain/fee-lines.ts';
import { decimalText, type Money } from '../domain/money.ts';
import { closeFees } from './close-fees.ts';
import type { ExportList } from './table.ts';

/** One amount that a row of a settlement file brought or took; of a row without amounts the row itself. */
interface FeeRow {
  readonly line: FeeLine & { readonly step: FeeStep };
  readonly item: Item | undefined;
  readonly amount: Money | undefined;
  /** Its author, and who had the item in hand where that was somebody else. */
  readonly staff: string;
  readonly owner: string;
}

/** Longer than any name that a card shows. */
const WHOLE_NAME = 200;
const PAGE = 5_000;

/**
 * What settlement files brought, by whole months: a month counts what came for it, and what came late for one that was closed. Those that are
 * over are closed before they are read: what somebody took away never changes.
 */
export const FEES: ExportList<FeeRow> = {
  columns: [
    { heading: 'export.month', kind: 'text', width: 9, cell: ({ line }) => dashed(line.month) },
    { heading: 'cameIn.day', kind: 'day', width: 12, cell: ({ line }) => line.settledBy.slice(0, 8) },
    { heading: 'fee.any', kind: 'text', width: 20, cell: ({ line }, { t }) => feeName(t, { id: line.fee }) },
    { heading: 'column.state', kind: 'text', width: 14, cell: ({ line }, { t }) => feeNumberName(t, line.step) },
    {
      heading: 'column.spot',
      kind: 'text',
      width: 36,
      cell: ({ item }, { t }) => item && itemName(t, feeItemName(item), WHOLE_NAME),
    },
    { heading: 'column.who', kind: 'text', width: 20, cell: ({ staff }) => staff },
    { heading: 'export.inHand', kind: 'text', width: 20, cell: ({ owner }) => owner },
    { heading: 'fees.amount', kind: 'amount', width: 14, cell: ({ amount }) => amount && Number(decimalText(amount)) },
    { heading: 'export.currency', kind: 'text', width: 9, cell: ({ amount }) => amount?.currency },
    { heading: 'fees.file', kind: 'text', width: 32, cell: ({ line }) => line.file },
    { heading: 'fees.row', kind: 'text', width: 20, cell: ({ line }) => line.settledBy.split('/').slice(1).join('/') },
    { heading: 'export.itemRef', kind: 'text', width: 28, cell: ({ line }) => line.itemRef },
  ],
  async *rows({ isoId, from, to, now, by, cause }) {
    const timeZone = (await findIso(isoId))?.timeZone ?? 'UTC';
    const [first, last, current = ''] = [from, to - 1, now].map((at) => monthOfDay(dayOf(at, timeZone)));
    const months = (await monthsWithFees(isoId)).filter((month) => month >= (first ?? '') && month <= (last ?? ''));
    const over = months.findLast((month) => month < current);
    if (over !== undefined) await closeFees({ isoId, month: over }, { by, cause, at: now });
    for (const month of months) {
      for (let skip = 0; ; skip += PAGE) {
        const lines = await feeLinesOfWholeMonth({ isoId, month }, { skip, limit: PAGE });
        yield await described(lines);
        if (lines.length < PAGE) break;
      }
    }
  },
};

async function described(lines: readonly FeeLine[]): Promise<readonly FeeRow[]> {
  const [items, names] = await Promise.all([
    findItems([...new Set(lines.map(({ itemRef }) => itemRef))]),
    namesOf([
      ...new Set(lines.flatMap(({ staffId, ownerId }) => (ownerId === undefined ? [staffId] : [staffId, ownerId]))),
    ]),
  ]);
  const itemOf = new Map(items.map((item) => [item.itemRef, item]));
  return lines.flatMap((line): FeeRow[] => {
    const { step, itemRef, staffId, ownerId = '' } = line;
    // a row that changes nothing in its month is no line of it
    if (step === undefined) return [];
    const of = {
      line: { ...line, step },
      item: itemOf.get(itemRef),
      staff: names.get(staffId) ?? '',
      owner: names.get(ownerId) ?? '',
    };
    const amounts = amountsOf(line);
    return amounts.length === 0 ? [{ ...of, amount: undefined }] : amounts.map((amount) => ({ ...of, amount }));
  });
}
