import type { StockRow } from '../../cards/team/stock.ts';
import { findIso } from '../../models/isos.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { flowOf, productsNow } from '../../models/programme-in-use.ts';
import { shopsOfSpots } from '../../models/spot-shops.ts';
import { bookedOver, countCodesWith, paceOf } from '../../models/stock-lists.ts';
import { standingIn } from '../../models/tallies.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { daysOfStock, PACE_DAYS } from '../../src/domain/stock-pace.ts';
import type { StockState } from '../../src/domain/stock-state.ts';
import { BOOKED_OVER, type Counts, stockKey } from '../../src/domain/work-counts.ts';
import { hasCodes } from '../../src/flow/definition.ts';
import { forAdmins } from '../team/for-admins.ts';
import { PAGE, pageOf } from '../team/lists.ts';

const NO_PACE = { putUp: 0, days: PACE_DAYS } as const;
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
  const offered = productsWithCodes();
  const [people, stands, paces] = await Promise.all([
    peopleOf(isoId),
    standingIn(isoId),
    Promise.all(offered.map((product) => paceOf({ isoId, product }, { now, days: PACE_DAYS }))),
  ]);
  const products = offered.map((product, index) => stockRow(product, stands, paces[index] ?? NO_PACE));
  const atWork = people
    .filter(({ state }) => state !== 'UNKNOWN')
    .toSorted((one, other) => byName.compare(one.name, other.name));
  const pages = Math.max(1, Math.ceil(atWork.length / PEOPLE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(card.subject.id)) || 1));
  const shown = atWork.slice((page - 1) * PEOPLE, page * PEOPLE);
  const counts = await Promise.all(shown.map(({ userId }) => countCodesWith(userId, isoId)));
  const rows = shown.map(({ userId, name }, index) => ({ userId, name, codes: counts[index] ?? 0 }));
  const bookedOver = stands[BOOKED_OVER] ?? 0;
  return { name: 'team.stock', model: { products, people: rows, bookedOver, page, pages }, version: 0 };
});

function stockRow(
  product: string,
  stands: Counts,
  { putUp, days: paceDays }: Awaited<ReturnType<typeof paceOf>>,
): StockRow {
  const at = (state: StockState): number => Math.max(0, stands[stockKey(product, state)] ?? 0);
  const [here, held] = [at('IN_STOCK'), at('WITH_STAFF')];
  const days = daysOfStock(here + held, putUp, paceDays);
  return { product, here, held, down: at('IDLE'), lost: at('LOST'), days, paceDays };
}

export const loadBookedOver = forAdmins(async (card, _viewer, isoId, _now, seen) => {
  const [stands, iso] = await Promise.all([standingIn(isoId), findIso(isoId, seen)]);
  const count = Math.max(0, stands[BOOKED_OVER] ?? 0);
  const { page, pages } = pageOf(count, card);
  const codes = await bookedOver(isoId, { skip: (page - 1) * PAGE, limit: PAGE });
  const [names, shops] = await Promise.all([
    namesOf(codes.flatMap(({ movedBy = '', bookedFrom = '' }) => [movedBy, bookedFrom])),
    shopsOfSpots(codes.flatMap(({ spotId }) => spotId ?? [])),
  ]);
  const rows = codes.map(({ serial = '', spotId = '', movedBy = '', bookedFrom = '', movedAt = 0 }) => ({
    serial,
    shop: shops.get(spotId)?.nameLocal ?? '',
    from: names.get(bookedFrom) ?? '',
    by: names.get(movedBy) ?? '',
    at: movedAt,
  }));
  return { name: 'team.bookedOver', model: { rows, page, pages, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
