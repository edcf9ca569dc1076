import { dayAfter, instantOf } from '@field/kit/calendar';
import type { ShopRow } from '../../cards/review/shops.ts';
import { findIso } from '../../models/isos.ts';
import { sentBy } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { itemsOfStores, type StandingItem, standingsOfStores } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { tallyOf } from '../../src/domain/item-standing.ts';
import { daysOf, periodNamed, type ResultPeriod } from '../../src/domain/result-period.ts';
import { mayRead } from './item-at-hand.ts';
import { isPromoted, spotStandings, storeStandings } from './item-model.ts';
import { todayOf } from './my-results.ts';
import { itemRows } from './result-lists.ts';

const ROWS = 6;
/** Enough for the shops of a page where each was another one; each time twice as much. */
const FIRST_READ = 14;
const NEVER = 8_640_000_000_000_000;

/** `Shops`: those in which something was sent in a time, the latest first. */
export async function openShops(ctx: TapContext): Promise<void> {
  const { period, after = '' } = ctx.update.params.extra;
  ctx.show({ view: 'review.shops', subject: { kind: 'resultList', id: `${periodNamed(period)}/${after}` } });
}

/** One of them, with everything that this person did there. */
export async function openShop(ctx: TapContext): Promise<void> {
  const { period, shop = '', page = '1' } = ctx.update.params.extra;
  ctx.show({ view: 'review.shop', subject: { kind: 'resultList', id: `${periodNamed(period)}/${shop}/${page}` } });
}

/** A page of them: `202611`, and which shop came last before it, `202611/1764400000000~shop`. */
export const loadShops: LoadCard = async ({ subject }, viewer, now, seen) => {
  const [named = '', after = ''] = subject.id.split('/');
  const period = periodNamed(named);
  const [iso, today] = await Promise.all([findIso(viewer.isoId ?? '', seen), todayOf(viewer, now, seen)]);
  const timeZone = iso?.timeZone ?? 'UTC';
  const found = await shopsAfter(viewer, { ...boundsOf(period, today, timeZone), after });
  const shown = found.slice(0, ROWS);
  const last = shown.at(-1);
  const next = found.length > ROWS && last !== undefined ? `${last.sentAt}~${last.storeId}` : undefined;
  return {
    name: 'review.shops',
    model: { period, shops: shown, next, isFirst: after === '', timeZone },
    version: 0,
  };
};

interface Sought {
  readonly from: number;
  readonly to: number;
  readonly after: string;
}

function boundsOf(
  period: ResultPeriod,
  today: string,
  timeZone: string,
): { readonly from: number; readonly to: number } {
  const days = daysOf(period, today);
  if (days === undefined) return { from: 0, to: NEVER };
  return { from: instantOf(days.from, 0, timeZone), to: instantOf(dayAfter(days.to), 0, timeZone) };
}

/** One more than a page of the shops in which a person sent something in a time, after another one. */
async function shopsAfter({ userId, isoId = '' }: Person, { from, to, after }: Sought): Promise<readonly ShopRow[]> {
  const [at = '', lastStore = ''] = after.split('~');
  const end = after === '' || !Number.isFinite(Number(at)) ? to : Math.min(to, Number(at) + 1);
  const shops: ShopRow[] = [];
  const known = new Set<string>();
  for (let skip = 0, limit = FIRST_READ; ; skip += limit, limit *= 2) {
    const sent = await sentBy(userId, { from, to: end, skip, limit });
    const isFresh = (one: Sent): boolean => one.isoId === isoId && !known.has(one.storeId);
    let fresh = sent.filter(isFresh);
    for (let [next] = fresh; next !== undefined; [next] = fresh) {
      // what was sent at one moment is known as a whole before it is put in order
      if (next.submittedAt < (shops.toSorted(latestFirst)[ROWS]?.sentAt ?? 0)) return page(shops);
      const some = nextShops(fresh, Math.max(1, ROWS + 1 - shops.length));
      for (const one of some) known.add(one);
      fresh = fresh.filter(isFresh);
      const items = (await standingsOfStores(some)).filter((item) => item.staffId === userId && isPromoted(item));
      const ofTime = items.filter(({ submittedAt }) => submittedAt >= from && submittedAt < to);
      const found = some.flatMap((storeId) => shopOf(storeId, ofTime) ?? []);
      shops.push(...found.filter((shop) => isAfter(shop, end - 1, lastStore)));
    }
    if (sent.length < limit) return page(shops);
  }
}

function page(shops: readonly ShopRow[]): readonly ShopRow[] {
  return shops.toSorted(latestFirst).slice(0, ROWS + 1);
}

/** The first shops, so many and all in which something was sent at the moment of the last of these. */
function nextShops(sent: readonly Sent[], count: number): readonly string[] {
  const some = new Map<string, number>();
  for (const { storeId, submittedAt } of sent) {
    if (some.size >= count && submittedAt !== [...some.values()].at(-1)) break;
    if (!some.has(storeId)) some.set(storeId, submittedAt);
  }
  return [...some.keys()];
}

type Sent = Awaited<ReturnType<typeof sentBy>>[number];

function shopOf(storeId: string, items: readonly StandingItem[]): ShopRow | undefined {
  const own = items
    .filter((item) => item.storeId === storeId)
    .toSorted((one, other) => other.submittedAt - one.submittedAt);
  const [latest] = own;
  if (latest === undefined) return undefined;
  const spots = spotStandings(own);
  const tally = tallyOf(spots.length > 0 ? spots : storeStandings(own));
  return { storeId, shop: latest.shop, sentAt: latest.submittedAt, tally, of: spots.length > 0 ? 'spots' : 'stores' };
}

/** What was sent later in a shop stood on an earlier page. */
function isAfter({ sentAt, storeId }: ShopRow, at: number, lastStore: string): boolean {
  return lastStore === '' || sentAt < at || (sentAt === at && storeId < lastStore);
}

function latestFirst(one: ShopRow, other: ShopRow): number {
  return other.sentAt - one.sentAt || (one.storeId < other.storeId ? 1 : -1);
}

/** Everything that a person did in a shop or has in hand there, each its own card: `202611/store/1`. */
export const loadShop: LoadCard = async ({ subject }, viewer, now, seen) => {
  const [named = '', storeId = '', wanted = '1'] = subject.id.split('/');
  const [all, iso] = await Promise.all([itemsOfStores([storeId]), findIso(viewer.isoId ?? '', seen)]);
  const own = all.filter((item) => item.isoId === viewer.isoId && mayRead(viewer, item) && isListed(item));
  const [first] = own;
  if (first === undefined) return OLD_CARD;
  const pages = Math.max(1, Math.ceil(own.length / ROWS));
  const page = Math.min(Math.max(1, Math.trunc(Number(wanted)) || 1), pages);
  const shown = own.toSorted(byPlace).slice((page - 1) * ROWS, page * ROWS);
  const sent = new Map(shown.map((item) => [item.itemRef, item.submittedAt]));
  const rows = (await itemRows(shown, viewer.userId, now)).map((row) => ({
    ...row,
    submittedAt: sent.get(row.itemRef) ?? now,
  }));
  const timeZone = iso?.timeZone ?? 'UTC';
  return {
    name: 'review.shop',
    model: { period: periodNamed(named), storeId, shop: first.shop, rows, page, pages, now, timeZone },
    version: 0,
  };
};

/** What stands at a spot has a row of its own where it was judged by itself. */
function isListed(item: Item): boolean {
  return isPromoted(item) && (item.itemType !== 'POSM' || item.judgement !== undefined);
}

const ORDER = ['STORE', 'SPOT', 'POSM', 'INSPECTION'];

/** The shop, then spot by spot. */
function byPlace(one: Item, other: Item): number {
  if (one.itemType === 'STORE' || other.itemType === 'STORE')
    return ORDER.indexOf(one.itemType) - ORDER.indexOf(other.itemType);
  return (
    (one.spotId ?? '').localeCompare(other.spotId ?? '') || ORDER.indexOf(one.itemType) - ORDER.indexOf(other.itemType)
  );
}
