import { itemPlace } from '../../cards/review/item-name.ts';
import { ITEM_STATES } from '../../cards/review/item-state.ts';
import { productName, reviewReason } from '../../cards/vocabulary.ts';
import { isPromoted, nameOf } from '../../handlers/review/item-model.ts';
import { reasonsOfItems } from '../../handlers/review/reasons-of-item.ts';
import { itemsSubmitted } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { namesOf } from '../../models/people.ts';
import { findPromotions } from '../../models/promotions.ts';
import { findSpots } from '../../models/spots.ts';
import { findStores, type Store } from '../../models/stores.ts';
import { wholeMoments } from '../../models/whole-moments.ts';
import { stateAt } from '../domain/item-standing.ts';
import { statesOf } from '../domain/moves.ts';
import type { Reason } from '../domain/reasons.ts';
import { REVIEW_MOVES, type ReviewState } from '../domain/review-state.ts';
import type { Column, ExportList } from './table.ts';

/** A shop, a spot, or what stands at it, as it was submitted last. */
interface PromotedRow {
  readonly item: Item;
  readonly state: ReviewState;
  readonly reasons: readonly Reason[];
  /** Its author. */
  readonly staff: string;
  readonly store: Store | undefined;
  /** `P-7K3M`; of a shop that came with several none. */
  readonly number: string | undefined;
  readonly photos: number;
}

const COLUMNS: readonly Column<PromotedRow>[] = [
  { heading: 'column.shop', kind: 'text', width: 28, cell: ({ item }) => item.shop },
  { heading: 'export.address', kind: 'text', width: 36, cell: ({ store }) => store?.address },
  { heading: 'export.city', kind: 'text', width: 16, cell: ({ store }) => store?.city },
  { heading: 'export.country', kind: 'text', width: 8, cell: ({ store }) => store?.countryRegion },
  { heading: 'column.spot', kind: 'text', width: 20, cell: whatIs },
  {
    heading: 'export.product',
    kind: 'text',
    width: 24,
    cell: ({ item: { product } }, { t }) => product && productName(t, product),
  },
  { heading: 'export.promotion', kind: 'text', width: 10, cell: ({ number }) => number },
  { heading: 'column.who', kind: 'text', width: 20, cell: ({ staff }) => staff },
  { heading: 'failed.sent', kind: 'moment', width: 16, cell: ({ item }) => item.submittedAt },
  { heading: 'export.revision', kind: 'whole', width: 9, cell: ({ item }) => item.revision },
  { heading: 'part.photos', kind: 'whole', width: 8, cell: ({ photos }) => photos },
  {
    heading: 'export.photosAt',
    kind: 'text',
    width: 40,
    cell: ({ item: { itemRef }, photos }, { photosAt }) => (photos === 0 ? undefined : photosAt?.(itemRef)),
    address: true,
  },
  { heading: 'column.state', kind: 'text', width: 20, cell: ({ state }, { t }) => t(ITEM_STATES[state]) },
  { heading: 'export.resultOf', kind: 'day', width: 12, cell: ({ item }) => item.judgement?.dataDate },
  {
    heading: 'column.reason',
    kind: 'text',
    width: 40,
    cell: ({ reasons }, { t }) => reasons.map((reason) => reviewReason(t, reason)).join('; '),
  },
  { heading: 'export.fixBy', kind: 'moment', width: 16, cell: ({ item, state }) => fixBy(item, state) },
  { heading: 'export.itemRef', kind: 'text', width: 28, cell: ({ item }) => item.itemRef },
  {
    heading: 'export.manager',
    kind: 'text',
    width: 20,
    cell: ({ store }) => store?.details.managerName,
    personal: true,
  },
  {
    heading: 'export.contact',
    kind: 'text',
    width: 20,
    cell: ({ store }) => store?.details.merchant?.contactName,
    personal: true,
  },
  {
    heading: 'export.reach',
    kind: 'text',
    width: 24,
    cell: ({ store }) => store?.details.merchant?.contactPhoneOrEmail,
    personal: true,
  },
  { heading: 'export.registration', kind: 'text', width: 20, cell: registrationNo, personal: true },
];

const FAILED: readonly ReviewState[] = [
  'REJECTED',
  'INVALIDATED',
  'MODIFYING',
  'APPEALING',
  'REJECTED_FINAL',
  'LAPSED',
];

/** What was promoted, by when it was sent last, however it stands. */
export const PROMOTIONS = listOf(statesOf(REVIEW_MOVES));

/** What of it has failed, whether something can still be done about it or not. */
export const FAILURES = listOf(FAILED);

function listOf(states: readonly ReviewState[]): ExportList<PromotedRow> {
  return {
    columns: COLUMNS,
    async *rows({ isoId, from, to, now }) {
      const read = (window: Parameters<typeof itemsSubmitted>[2]) => itemsSubmitted(isoId, states, window);
      for await (const page of wholeMoments(read, ({ submittedAt }) => submittedAt, { from, to }))
        yield await described(page.filter(isPromoted), now);
    },
  };
}

async function described(items: readonly Item[], now: number): Promise<readonly PromotedRow[]> {
  const [names, stores, spots, reasons] = await Promise.all([
    namesOf(items.map(({ staffId }) => staffId)),
    findStores([...new Set(items.map(({ storeId }) => storeId))]),
    findSpots([...new Set(items.flatMap(({ spotId }) => spotId ?? []))]),
    reasonsOfItems(items),
  ]);
  const promotions = await findPromotions([...new Set(spots.map(({ promotionId }) => promotionId))]);
  const storeOf = new Map(stores.map((store) => [store.storeId, store]));
  const spotOf = new Map(spots.map((spot) => [spot.spotId, spot]));
  const numberOf = new Map(promotions.map(({ promotionId, number }) => [promotionId, number]));
  return items.map((item) => {
    const store = storeOf.get(item.storeId);
    const spot = spotOf.get(item.spotId ?? '');
    return {
      item,
      state: stateAt(item, now),
      reasons: reasons.get(item.itemRef) ?? [],
      staff: names.get(item.staffId) ?? '',
      store,
      number: spot && numberOf.get(spot.promotionId),
      photos: (spot ?? store)?.photos.length ?? 0,
    };
  });
}

function whatIs({ item }: PromotedRow, { t }: Parameters<Column<PromotedRow>['cell']>[1]): string {
  return item.itemType === 'STORE' ? t('export.theShop') : itemPlace(t, nameOf(item));
}

/** Of what can still be put right. */
function fixBy({ deadlineAt }: Item, state: ReviewState): number | undefined {
  return state === 'REJECTED' || state === 'INVALIDATED' || state === 'MODIFYING' ? deadlineAt : undefined;
}

function registrationNo({ store }: PromotedRow): string | undefined {
  const said = store?.details.merchant?.more.registrationNo;
  return typeof said === 'string' ? said : undefined;
}
