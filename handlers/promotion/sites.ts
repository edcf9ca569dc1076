import { derivedId } from '@field/kit/ids';
import type { StoredDraft } from '../../models/drafts.ts';
import { claimSite, findIso, type Iso, noteSitesTold } from '../../models/isos.ts';
import { adminsOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { addSite, countSites, findSite, releaseSite, type Site, shareSite, siteIdOf } from '../../models/sites.ts';
import { findStore } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Context } from '../../src/bot/context.ts';
import { isNearlyUsed, periodOf, type QuotaPer, type SitesUsed } from '../../src/domain/site-quota.ts';
import { storeKey } from '../../src/domain/store-key.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { answerAs } from '../../src/flow/roles.ts';
import { identityOf } from './store-limits.ts';

/** How many sites an ISO may begin in the period of now. */
interface SiteQuota {
  readonly agreed: number;
  readonly per: QuotaPer;
  readonly period: string;
}

/** A quota with what is used of it. */
export interface SiteStanding extends SiteQuota, SitesUsed {}

/** Undefined where the programme has no quota, or no number was agreed with this ISO. */
function quotaOf({ sites, timeZone }: Pick<Iso, 'sites' | 'timeZone'>, now: number): SiteQuota | undefined {
  const { clauses } = currentProgramme().programme.policy;
  const per = clauses.find(({ quota }) => quota !== undefined)?.quota?.per;
  if (per === undefined || sites === undefined) return undefined;
  return { agreed: sites, per, period: periodOf(now, per, timeZone) };
}

/** How an ISO stands with its quota of sites; undefined where none is kept. */
export async function siteStanding(
  iso: Pick<Iso, 'isoId' | 'sites' | 'timeZone'>,
  now: number,
  tx?: Reads,
): Promise<SiteStanding | undefined> {
  const quota = quotaOf(iso, now);
  if (quota === undefined) return undefined;
  return { ...quota, used: await countSites({ isoId: iso.isoId, period: quota.period }, tx) };
}

/** Whether what a draft says is another shop than it said before: it holds another site then. */
export function saysAnotherShop(before: Draft, now: Draft): boolean {
  return now.modifies === undefined && isSaved(now) && said(before) !== said(now);
}

function isSaved(draft: Draft): boolean {
  return answerAs(draft, 'storeName') !== undefined;
}

function said(draft: Draft): string {
  return isSaved(draft) ? `${draft.storeId ?? ''}|${storeKey(identityOf(draft))}` : '';
}

/**
 * Holds the site of the shop that a draft says, in the period of now, and lets go of one that it held for another shop. One of the same
 * shop stays in its period; two drafts of one shop hold one. Nobody is refused: whoever is one too many is flagged when it is submitted.
 * When the quota is nearly used the ISO's admins are told once. Answers the site; undefined where no quota is kept.
 */
export async function holdSite(ctx: Context, stored: StoredDraft, draft: Draft): Promise<Site | undefined> {
  const { tx, now } = ctx;
  const { draftId, isoId } = stored;
  const held = stored.siteId === undefined ? undefined : await findSite(stored.siteId, tx);
  const shop = await shopKeyOf(draft, isoId, tx);
  if (held !== undefined && held.siteId === siteIdOf(isoId, held.period, shop)) return held;
  const iso = await findIso(isoId, tx);
  const quota = iso && quotaOf(iso, now);
  if (quota === undefined) return held;
  if (held !== undefined) await releaseSite(held.siteId, draftId, tx);
  const siteId = siteIdOf(isoId, quota.period, shop);
  const known = await findSite(siteId, tx);
  if (known !== undefined) {
    await shareSite(known, draftId, tx);
    return known;
  }
  const number = await claimSite(isoId, tx);
  const site: Site = { siteId, isoId, period: quota.period, number, at: now, draftIds: [draftId] };
  await addSite(site, tx);
  const used = await countSites(site, tx);
  if (isNearlyUsed({ ...quota, used })) await tellAdmins(ctx, isoId, quota);
  return site;
}

/** The site of a promotion that is submitted, held if it was not yet. */
export interface SubmittedSite extends Site {
  /** So many came before it that it is one more than its ISO agreed on. */
  readonly isOver: boolean;
}

export async function siteSubmitted(
  ctx: Context,
  stored: StoredDraft,
  draft: Draft,
): Promise<SubmittedSite | undefined> {
  const site = await holdSite(ctx, stored, draft);
  if (site === undefined) return undefined;
  const { isoId, period, number: before } = site;
  const { sites } = (await findIso(isoId, ctx.tx)) ?? {};
  const isOver = sites !== undefined && (await countSites({ isoId, period, before }, ctx.tx)) >= sites;
  return { ...site, isOver };
}

async function shopKeyOf(draft: Draft, isoId: string, tx: Transaction): Promise<string> {
  const store = draft.storeId === undefined ? undefined : await findStore(draft.storeId, tx);
  return store?.isoId === isoId ? store.normalizedKey : storeKey(identityOf(draft));
}

async function tellAdmins(ctx: Context, isoId: string, { period, agreed }: SiteQuota): Promise<void> {
  if (!(await noteSitesTold(isoId, `${period}/${agreed}`, ctx.tx))) return;
  const subject = { kind: 'limit', id: `sites/${period}` } as const;
  for (const { userId } of await adminsOf(isoId, ctx.tx)) {
    const intent = derivedId('sites', isoId, period, agreed, userId);
    ctx.send({ kind: 'record', view: 'team.sites', subject, intent, to: userId });
  }
}
