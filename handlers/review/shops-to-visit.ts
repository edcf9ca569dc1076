import { DAY_MS, dayOf } from '@field/kit/calendar';
import { lostBy, type Part, type SentItem, sentLongAgo } from '../../models/item-queries.ts';
import type { Person } from '../../models/people.ts';
import { lastScanOf, unscannedOf } from '../../models/scans.ts';
import { isPromoted } from './item-model.ts';

/** A spot that nobody sent anything of for so long is old. */
const OLD_MS = 30 * DAY_MS;
/** A code that nobody scanned for so long is to be looked after; and data of scans that is older says nothing. */
const UNSCANNED_DAYS = 14;
/** Items looked through for each reason, in parts, the first of so many: enough for some pages, however much a person ever did. */
const MOST = 60;
const FIRST_READ = 20;
/** Shops for each reason. */
const MOST_SHOPS = 12;

/** Shops of one's own that may want a visit, each once. */
export interface ShopsToVisit {
  /** By what is looked for in them, the most urgent first: something failed for good, nobody scans a code, nothing was sent for long. */
  readonly shops: readonly (readonly string[])[];
  /** Spots whose codes nobody scans; none where that was not asked. */
  readonly unscanned: readonly string[];
  /** What was sent before is old, milliseconds. */
  readonly old: number;
}

/** For the lesser reasons it is looked only where there are fewer than `wanted` of which something failed. */
export async function shopsToVisit(viewer: Person, now: number, wanted: number): Promise<ShopsToVisit> {
  const { userId } = viewer;
  const old = now - OLD_MS;
  const failed = await Promise.all(
    (['LAPSED', 'REJECTED_FINAL'] as const).map((state) => firstShops((part) => lostBy(userId, state, part), viewer)),
  );
  const lost = [...new Set(failed.flat())].slice(0, MOST_SHOPS);
  if (lost.length >= wanted) return { shops: [lost], unscanned: [], old };
  const [unscanned, sent] = await Promise.all([
    codesUnscanned(viewer, now),
    firstShops((part) => sentLongAgo(userId, old, part), viewer),
  ]);
  const withUnscanned = [...new Set(unscanned.map(({ storeId }) => storeId))].slice(0, MOST_SHOPS);
  const known = new Set(lost);
  const shops = [lost, ...[withUnscanned, sent].map((some) => some.filter((one) => !known.has(one) && known.add(one)))];
  return { shops, unscanned: unscanned.map(({ spotId }) => spotId), old };
}

/** The first shops in which this was sent; no more of it is read than that takes. */
async function firstShops(
  some: (part: Part) => Promise<readonly SentItem[]>,
  { isoId }: Person,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let skip = 0, limit = FIRST_READ; skip < MOST; skip += limit, limit *= 2) {
    const part = { skip, limit: Math.min(limit, MOST - skip) };
    const sent = await some(part);
    for (const item of sent) if (item.isoId === isoId && isPromoted(item)) found.add(item.storeId);
    if (found.size >= MOST_SHOPS || sent.length < part.limit) break;
  }
  return [...found].slice(0, MOST_SHOPS);
}

/** What a person put up and nobody scans, where it is told what people scan. */
async function codesUnscanned({ userId, isoId = '' }: Person, now: number): ReturnType<typeof unscannedOf> {
  const before = now - UNSCANNED_DAYS * DAY_MS;
  const day = dayOf(before, 'UTC');
  const last = await lastScanOf(isoId);
  if (last === undefined || last < day) return [];
  return await unscannedOf({ boundBy: userId, isoId }, { before, day }, MOST);
}
