import { DAY_MS, dayOf } from '@field/kit/calendar';
import type { VisitRow } from '../../cards/review/visits.ts';
import { findIso } from '../../models/isos.ts';
import { lostBy, sentBy, sentLongAgo } from '../../models/item-queries.ts';
import { standingsOfStores } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { lastScanOf, unscannedOf } from '../../models/scans.ts';
import { findStores } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { standingOf } from '../../src/domain/item-standing.ts';
import { pageOf } from '../team/lists.ts';
import { isPromoted } from './item-model.ts';

const ROWS = 6;
/** A spot that nobody sent anything of for so long is old. */
const OLD_MS = 30 * DAY_MS;
/** A code that nobody scanned for so long is to be looked after; and data of scans that is older says nothing. */
const UNSCANNED_DAYS = 14;
/** Items looked through for either reason: enough for some pages, however much a person ever did. */
const MOST = 60;
/** Shops for either reason. */
const MOST_SHOPS = 12;
const NEVER = 8_640_000_000_000_000;

/** `Visit again`: shops of one's own whose spots failed or are old. */
export async function openVisits(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'review.visits', subject: { kind: 'page', id: ctx.update.params.extra.page ?? '1' } });
}

/** Those that failed for good, those with codes that nobody scans, then those of which nothing was sent for the longest time; in each those in the city of the last shop first. */
export const loadVisits: LoadCard = async (card, viewer, now) => {
  const { userId, isoId = '' } = viewer;
  const old = now - OLD_MS;
  const [lost, unscanned, longAgo, [last], iso] = await Promise.all([
    lostBy(userId, MOST),
    codesUnscanned(viewer, now),
    sentLongAgo(userId, old, MOST),
    sentBy(userId, { from: 0, to: NEVER, skip: 0, limit: 1 }),
    findIso(isoId),
  ]);
  const shopsOf = (sent: typeof lost): readonly string[] => {
    const own = sent.filter((item) => item.isoId === isoId && isPromoted(item)).map(({ storeId }) => storeId);
    return [...new Set(own)].slice(0, MOST_SHOPS);
  };
  const withUnscanned = [...new Set(unscanned.map(({ storeId }) => storeId))].slice(0, MOST_SHOPS);
  const storeIds = [...new Set([...shopsOf(lost), ...withUnscanned, ...shopsOf(longAgo)])];
  const [items, stores] = await Promise.all([
    standingsOfStores(storeIds),
    findStores([...storeIds, ...(last === undefined ? [] : [last.storeId])]),
  ]);
  const placeOf = new Map(stores.map((store) => [store.storeId, store]));
  const city = placeOf.get(last?.storeId ?? '')?.city ?? '';
  const due = storeIds.flatMap(
    (storeId) =>
      visitTo(
        storeId,
        items.filter((item) => item.storeId === storeId),
        { old, unscanned: unscanned.map(({ spotId }) => spotId) },
        viewer,
      ) ?? [],
  );
  const isNear = ({ storeId }: VisitRow): boolean => city !== '' && placeOf.get(storeId)?.city === city;
  const all = due.toSorted(
    (one, other) => urgencyOf(other) - urgencyOf(one) || Number(isNear(other)) - Number(isNear(one)),
  );
  const { page, pages } = pageOf(all.length, card);
  const rows = all.slice((page - 1) * ROWS, page * ROWS).map((row) => {
    const store = placeOf.get(row.storeId);
    return {
      ...row,
      address: [store?.address, store?.city].filter((part) => part !== undefined && part !== '').join(' · '),
    };
  });
  return { name: 'review.visits', model: { rows, page, pages, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
};

function urgencyOf({ failed, unscanned }: VisitRow): number {
  return failed > 0 ? 2 : Number(unscanned > 0);
}

/** What a person put up and nobody scans, where it is told what people scan. */
async function codesUnscanned({ userId, isoId = '' }: Person, now: number): ReturnType<typeof unscannedOf> {
  const before = now - UNSCANNED_DAYS * DAY_MS;
  const day = dayOf(before, 'UTC');
  const last = await lastScanOf(isoId);
  if (last === undefined || last < day) return [];
  return await unscannedOf({ boundBy: userId, isoId }, { before, day }, MOST);
}

interface Due {
  /** What was sent before is old, milliseconds. */
  readonly old: number;
  /** Spots whose codes nobody scans. */
  readonly unscanned: readonly string[];
}

type Standing = Awaited<ReturnType<typeof standingsOfStores>>[number];

/** Undefined where nothing failed for good, people scan its codes, and something was sent since, whoever sent it. */
function visitTo(storeId: string, items: readonly Standing[], due: Due, { userId }: Person): VisitRow | undefined {
  const promoted = items.filter(isPromoted);
  const sentAt = Math.max(...promoted.map(({ submittedAt }) => submittedAt));
  const own = promoted.filter(({ staffId }) => staffId === userId);
  const [first] = own;
  const isLost = ({ state }: Standing): boolean => state === 'LAPSED' || state === 'REJECTED_FINAL';
  const failed = new Set(own.filter(isLost).map((item) => item.spotId ?? item.itemRef)).size;
  const approved = own.filter(({ state }) => standingOf(state) === 'approved');
  const spots = new Set(approved.flatMap(({ spotId }) => spotId ?? []));
  const unscanned = due.unscanned.filter((spotId) => spots.has(spotId)).length;
  const isOld = sentAt < due.old && approved.length > 0;
  if (first === undefined || (failed === 0 && unscanned === 0 && !isOld)) return undefined;
  return { storeId, shop: first.shop, failed, unscanned, sentAt, address: '' };
}
