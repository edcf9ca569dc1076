import type { VisitRow } from '../../cards/review/visits.ts';
import { findIso } from '../../models/isos.ts';
import { sentBy } from '../../models/item-queries.ts';
import { type StandingItem, standingsOfStores } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { addressesOf } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { standingOf } from '../../src/domain/item-standing.ts';
import { isPromoted } from './item-model.ts';
import { type ShopsToVisit, shopsToVisit } from './shops-to-visit.ts';

const ROWS = 6;
const NEVER = 8_640_000_000_000_000;

/** `Visit again`: shops of one's own whose spots failed or are old. */
export async function openVisits(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'review.visits', subject: { kind: 'page', id: ctx.update.params.extra.page ?? '1' } });
}

/**
 * Those that failed for good, those with codes that nobody scans, then those of which nothing was sent for the longest time; in each those in the
 * city of the last shop first. No more shops are looked at than it takes to fill the page, and to know of one after it.
 */
export const loadVisits: LoadCard = async ({ subject }, viewer, now) => {
  const asked = Math.max(1, Math.trunc(Number(subject.id)) || 1);
  const wanted = asked * ROWS + 1;
  const [some, [last], iso] = await Promise.all([
    shopsToVisit(viewer, now, wanted),
    sentBy(viewer.userId, { from: 0, to: NEVER, skip: 0, limit: 1 }),
    findIso(viewer.isoId ?? ''),
  ]);
  const all = some.shops.flat();
  const [placeOf, ahead] = await Promise.all([
    addressesOf([...all, ...(last === undefined ? [] : [last.storeId])]),
    // where all of them are looked at, in whatever order they come
    all.length > wanted ? undefined : standingsOfStores(all),
  ]);
  const city = placeOf.get(last?.storeId ?? '')?.city ?? '';
  const isFar = (storeId: string): boolean => city === '' || placeOf.get(storeId)?.city !== city;
  const inOrder = some.shops.flatMap((shops) => [...shops.filter((one) => !isFar(one)), ...shops.filter(isFar)]);
  const rows: VisitRow[] = [];
  for (let from = 0; from < inOrder.length && rows.length < wanted; from += wanted) {
    const next = inOrder.slice(from, from + wanted);
    const items = ahead ?? (await standingsOfStores(next));
    const due = next.flatMap((storeId) => visitTo(storeId, items, some, viewer) ?? []);
    rows.push(...due.map((row) => ({ ...row, address: addressOf(placeOf.get(row.storeId)) })));
  }
  const page = Math.min(asked, Math.max(1, Math.ceil(rows.length / ROWS)));
  const model = {
    rows: rows.slice((page - 1) * ROWS, page * ROWS),
    next: rows.length > page * ROWS ? page + 1 : undefined,
    isFirst: page === 1,
    timeZone: iso?.timeZone ?? 'UTC',
  };
  return { name: 'review.visits', model, version: 0 };
};

function addressOf(place: { readonly address: string; readonly city: string } | undefined): string {
  return [place?.address, place?.city].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Undefined where nothing failed for good, people scan its codes, and something was sent since, whoever sent it. */
function visitTo(
  storeId: string,
  all: readonly StandingItem[],
  due: Pick<ShopsToVisit, 'old' | 'unscanned'>,
  { userId }: Person,
): VisitRow | undefined {
  const promoted = all.filter((item) => item.storeId === storeId && isPromoted(item));
  const sentAt = Math.max(...promoted.map(({ submittedAt }) => submittedAt));
  const own = promoted.filter(({ staffId }) => staffId === userId);
  const [first] = own;
  const isLost = ({ state }: StandingItem): boolean => state === 'LAPSED' || state === 'REJECTED_FINAL';
  const failed = new Set(own.filter(isLost).map((item) => item.spotId ?? item.itemRef)).size;
  const approved = own.filter(({ state }) => standingOf(state) === 'approved');
  const spots = new Set(approved.flatMap(({ spotId }) => spotId ?? []));
  const unscanned = due.unscanned.filter((spotId) => spots.has(spotId)).length;
  const isOld = sentAt < due.old && approved.length > 0;
  if (first === undefined || (failed === 0 && unscanned === 0 && !isOld)) return undefined;
  return { storeId, shop: first.shop, failed, unscanned, sentAt, address: '' };
}
