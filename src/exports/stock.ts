import type { TextKey } from '../../cards/text-key.ts';
import { productName } from '../../cards/vocabulary.ts';
import type { StockedCode } from '../../models/code-stock.ts';
import { namesOf } from '../../models/people.ts';
import { findSpots } from '../../models/spots.ts';
import { stockOf } from '../../models/stock-lists.ts';
import { findStores } from '../../models/stores.ts';
import type { StockState } from '../domain/stock-state.ts';
import type { ExportList } from './table.ts';

interface CodeRow {
  readonly code: StockedCode;
  readonly shop: string | undefined;
  /** Who has it; of what stands, was taken down or is lost, who did that. */
  readonly who: string | undefined;
  readonly bookedFrom: string | undefined;
}

const STATES: Readonly<Record<StockState, TextKey>> = {
  IN_STOCK: 'export.inStock',
  WITH_STAFF: 'export.withStaff',
  AT_SPOT: 'export.putUp',
  IDLE: 'export.takenDown',
  LOST: 'export.lost',
};
const PAGE = 5_000;

/** Every code that the ISO received, and where it is now; of no time. */
export const STOCK: ExportList<CodeRow> = {
  columns: [
    { heading: 'field.typeCode.code.label', kind: 'text', width: 18, cell: ({ code }) => code.serial },
    {
      heading: 'export.product',
      kind: 'text',
      width: 24,
      cell: ({ code: { product } }, { t }) => product && productName(t, product),
    },
    { heading: 'field.allot.batch.label', kind: 'text', width: 18, cell: ({ code }) => code.batchId },
    { heading: 'column.state', kind: 'text', width: 16, cell: ({ code }, { t }) => t(STATES[code.state]) },
    { heading: 'column.who', kind: 'text', width: 20, cell: ({ who }) => who },
    { heading: 'export.bookedFrom', kind: 'text', width: 20, cell: ({ bookedFrom }) => bookedFrom },
    { heading: 'column.shop', kind: 'text', width: 28, cell: ({ shop }) => shop },
    { heading: 'export.received', kind: 'moment', width: 16, cell: ({ code }) => code.receivedAt },
    { heading: 'export.moved', kind: 'moment', width: 16, cell: ({ code }) => code.movedAt },
  ],
  async *rows({ isoId }) {
    for (let skip = 0; ; skip += PAGE) {
      const codes = await stockOf(isoId, { skip, limit: PAGE });
      yield await described(codes);
      if (codes.length < PAGE) return;
    }
  },
};

async function described(codes: readonly StockedCode[]): Promise<readonly CodeRow[]> {
  const spots = await findSpots([...new Set(codes.flatMap(({ spotId }) => spotId ?? []))]);
  const [names, stores] = await Promise.all([
    namesOf(codes.flatMap(({ holderId = '', movedBy = '', bookedFrom = '' }) => [holderId, movedBy, bookedFrom])),
    findStores([...new Set(spots.map(({ storeId }) => storeId))]),
  ]);
  const shopOf = new Map(stores.map(({ storeId, nameLocal }) => [storeId, nameLocal]));
  const storeOf = new Map(spots.map(({ spotId, storeId }) => [spotId, storeId]));
  return codes.map((code) => {
    const { state, holderId, movedBy, bookedFrom, spotId = '' } = code;
    const who = state === 'IN_STOCK' ? undefined : (holderId ?? movedBy);
    return {
      code,
      shop: shopOf.get(storeOf.get(spotId) ?? ''),
      who: names.get(who ?? ''),
      bookedFrom: names.get(bookedFrom ?? ''),
    };
  });
}
