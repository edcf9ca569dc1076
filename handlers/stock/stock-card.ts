import { DAY_MS } from '@field/kit/calendar';
import type { StockRow } from '../../cards/team/stock.ts';
import { findIso } from '../../models/isos.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { flowOf, productsNow } from '../../models/programme-in-use.ts';
import { findSpots } from '../../models/spots.ts';
import { bookedOver, countBookedOver, countCodesWith, countPutUp, countStock } from '../../models/stock-lists.ts';
import { findStores } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { daysOfStock, PACE_DAYS } from '../../src/domain/stock-pace.ts';
import { hasCodes } from '../../src/flow/definition.ts';
import { forAdmins } from '../team/for-admins.ts';
import { PAGE, pageOf } from '../team/lists.ts';

const byName = new Intl.Collator('en', { numeric: true });
/** Rows of its page: each is a button, and others stand beside them. */
const PEOPLE = 4;

/** `Stock of codes`. */
export async function openStock(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.stock', subject: { kind: 'page', id: ctx.update.params.extra.page ?? '1' } });
}

/** `Used by others`. */
export async function openBookedOver(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.bookedOver', subject: { kind: 'page', id: ctx.update.params.extra.page ?? '1' } });
}

/** The products of which shops get codes. */
export function productsWithCodes(): readonly string[] {
  return productsNow().filter((product) => hasCodes(flowOf(product)));
}

export const loadStock = forAdmins(async (card, _viewer, isoId, now) => {
  const [people, booked, products] = await Promise.all([
    peopleOf(isoId),
    countBookedOver(isoId),
    Promise.all(productsWithCodes().map((product) => stockRow({ isoId, product }, now))),
  ]);
  const atWork = people
    .filter(({ state }) => state !== 'UNKNOWN')
    .toSorted((one, other) => byName.compare(one.name, other.name));
  const pages = Math.max(1, Math.ceil(atWork.length / PEOPLE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(card.subject.id)) || 1));
  const shown = atWork.slice((page - 1) * PEOPLE, page * PEOPLE);
  const counts = await Promise.all(shown.map(({ userId }) => countCodesWith(userId, isoId)));
  const rows = shown.map(({ userId, name }, index) => ({ userId, name, codes: counts[index] ?? 0 }));
  return { name: 'team.stock', model: { products, people: rows, bookedOver: booked, page, pages }, version: 0 };
});

async function stockRow(of: { readonly isoId: string; readonly product: string }, now: number): Promise<StockRow> {
  const [here, held, down, lost, putUp] = await Promise.all([
    countStock(of, 'IN_STOCK'),
    countStock(of, 'WITH_STAFF'),
    countStock(of, 'IDLE'),
    countStock(of, 'LOST'),
    countPutUp(of, now - PACE_DAYS * DAY_MS),
  ]);
  return { product: of.product, here, held, down, lost, days: daysOfStock(here + held, putUp) };
}

export const loadBookedOver = forAdmins(async (card, _viewer, isoId) => {
  const [count, iso] = await Promise.all([countBookedOver(isoId), findIso(isoId)]);
  const { page, pages } = pageOf(count, card);
  const codes = await bookedOver(isoId, { skip: (page - 1) * PAGE, limit: PAGE });
  const [names, spots] = await Promise.all([
    namesOf(codes.flatMap(({ movedBy = '', bookedFrom = '' }) => [movedBy, bookedFrom])),
    findSpots(codes.flatMap(({ spotId }) => spotId ?? [])),
  ]);
  const stores = new Map((await findStores(spots.map(({ storeId }) => storeId))).map((one) => [one.storeId, one]));
  const storeOf = new Map(spots.map(({ spotId, storeId }) => [spotId, stores.get(storeId)]));
  const rows = codes.map(({ serial = '', spotId = '', movedBy = '', bookedFrom = '', movedAt = 0 }) => ({
    serial,
    shop: storeOf.get(spotId)?.nameLocal ?? '',
    from: names.get(bookedFrom) ?? '',
    by: names.get(movedBy) ?? '',
    at: movedAt,
  }));
  return { name: 'team.bookedOver', model: { rows, page, pages, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
