import { derivedId } from '@field/kit/ids';
import { collection, type RecordOf } from './collection.ts';
import { list, mark, number, text } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

const Sites = collection('sites', {
  id: 'siteId',
  fields: {
    isoId: text(),
    /** `2026-11`, `2026-Q4`, `2026`. */
    period: text(),
    /** Which of its ISO it was, counted up without an end: who came first. */
    number: number(),
    at: number(),
    /** The open drafts that hold it; it is free again when none does and it was never submitted. */
    draftIds: list<string>(),
    /** The store item that was submitted of it first. */
    itemRef: text().optional(),
    submittedAt: number().optional(),
    /** It was one more than agreed when it was submitted. */
    over: mark(),
  },
  indexes: [
    [{ isoId: 1, period: 1, number: 1 }],
    [{ at: 1 }],
    [{ isoId: 1, submittedAt: -1 }, { partialFilterExpression: { over: true } }],
  ],
});

/** A shop that counts against what an ISO agreed on for a period (policy P1): once, however often it is promoted in it. */
export interface Site extends RecordOf<typeof Sites> {}

/** `shopKey`: `storeKey` of the shop. */
export function siteIdOf(isoId: string, period: string, shopKey: string): string {
  return derivedId('site', isoId, period, shopKey);
}

export async function findSite(siteId: string, tx?: Reads): Promise<Site | undefined> {
  return await Sites.get(siteId, { tx });
}

export async function addSite(site: Site, tx: Transaction): Promise<void> {
  await Sites.addWithOthers([site], tx, 'subject.lostRace');
}

/** One more draft holds it. */
export async function shareSite({ siteId, draftIds }: Site, draftId: string, tx: Transaction): Promise<void> {
  await Sites.updateWithOthers(
    [{ filter: { siteId }, change: { set: { draftIds: [...new Set([...draftIds, draftId])] } } }],
    tx,
  );
}

/** A draft holds it no more. Where nobody else does and it was never submitted, it is free for another shop. */
export async function releaseSite(siteId: string, draftId: string, tx: Transaction): Promise<void> {
  const site = await Sites.get(siteId, { tx });
  if (site === undefined) return;
  const draftIds = site.draftIds.filter((one) => one !== draftId);
  if (draftIds.length === 0 && site.submittedAt === undefined) await Sites.removeAll({ siteId }, { tx });
  else await Sites.updateWithOthers([{ filter: { siteId }, change: { set: { draftIds } } }], tx);
}

/** It was submitted: it counts from now on, whatever becomes of drafts. The first submission stands. */
export async function noteSubmitted(
  site: Site,
  said: { readonly itemRef: string; readonly submittedAt: number; readonly isOver: boolean },
  tx: Transaction,
): Promise<void> {
  if (site.submittedAt !== undefined) return;
  const { itemRef, submittedAt, isOver } = said;
  const set = { itemRef, submittedAt, over: isOver ? true : null } as const;
  await Sites.updateWithOthers([{ filter: { siteId: site.siteId }, change: { set } }], tx);
}

/** How many an ISO has in a period; with `before` those that came before that number. */
export async function countSites(
  { isoId, period, before }: { readonly isoId: string; readonly period: string; readonly before?: number | undefined },
  tx?: Reads,
): Promise<number> {
  const of = { isoId, period };
  return await Sites.count(before === undefined ? of : { ...of, number: { $lt: before } }, { tx });
}

/** More than this nobody looks through. */
const MOST_LISTED = 120;

/** Shops that were submitted since then and were more than agreed, the latest first, at most 120. */
export async function sitesOver(isoId: string, since: number): Promise<readonly Site[]> {
  const filter = { isoId, over: true, submittedAt: { $gt: since } } as const;
  return await Sites.find(filter, { sort: { submittedAt: -1 }, limit: MOST_LISTED });
}

/** Forgets some of those that were begun before then. Answers how many. */
export async function forgetSites(before: number, most: number): Promise<number> {
  const old = await Sites.find({ at: { $lt: before } }, { sort: { at: 1 }, limit: most, only: ['siteId'] });
  return await Sites.removeAll({ siteId: { $in: old.map(({ siteId }) => siteId) } });
}
