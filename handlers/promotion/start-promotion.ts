import { present } from '@field/kit/present';
import { addDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import { currentProgramme, flowOf, productsOffered } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import { storesOf } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { Product } from '../../src/domain/flows/definition.ts';
import { agreedTo, mustReadPolicy } from '../../src/domain/policy-agreed.ts';
import { sitesLeft } from '../../src/domain/site-quota.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { showDraft, subjectOf } from './current-draft.ts';
import { siteStanding } from './sites.ts';

/** A product of the menu: what it is, and `Start Promotion`. */
export async function openProduct(ctx: TapContext): Promise<void> {
  const { product } = ctx.update.params.extra;
  if (product === undefined || !isOffered(product)) return showMenu(ctx, { key: 'line.notOffered' });
  ctx.show({ view: 'promotion.intro', subject: { kind: 'product', id: product } });
}

export async function openPolicy(ctx: TapContext): Promise<void> {
  const { product } = ctx.update.params.extra;
  if (product === undefined || !isOffered(product)) return showMenu(ctx, { key: 'line.notOffered' });
  ctx.show({ view: 'promotion.policy', subject: { kind: 'product', id: product } });
}

/**
 * `Start Promotion`, and `Next shop` after a submission: a new draft of that product, or the one that has no shop yet. A newer policy
 * than the person agreed to is read and agreed before a new one begins; where no site is left (policy P1) that is said before; what was
 * begun goes on.
 */
export async function startPromotion(ctx: TapContext): Promise<void> {
  const { product } = ctx.update.params.extra;
  if (product === undefined || !isOffered(product)) return showMenu(ctx, { key: 'line.notOffered' });
  await startDraft(ctx, product);
}

/** Whether the policy is agreed to as it is now; noted where this tap says so. One on a card of an earlier edition says nothing of it. */
async function agreesToPolicy(ctx: TapContext): Promise<boolean> {
  const { person, now: at, tx } = ctx;
  const { version } = currentProgramme().programme.policy;
  if (ctx.update.params.extra.agrees !== String(version)) return !mustReadPolicy(person.policy, version);
  const policy = agreedTo(person.policy, { version, at });
  if (policy === person.policy) return true;
  ctx.person = await changePerson(person.userId, { policy }, tx);
  ctx.audit('policy.agree', { kind: 'person', id: person.userId }, { version });
  return true;
}

function isOffered(product: string): boolean {
  return productsOffered().includes(product);
}

async function startDraft(ctx: TapContext, product: Product): Promise<void> {
  const { person, tx } = ctx;
  const iso = person.isoId === undefined ? undefined : await findIso(person.isoId, tx);
  if (iso === undefined) return;
  const [drafts, standing, [lastStore]] = await readAll(
    () => openDraftsOf(person.userId, tx),
    () => siteStanding(iso, ctx.now, tx),
    () => storesOf(iso.isoId, person.userId, 1, tx),
  );
  const unnamed = drafts.find((open) => open.product === product && open.storeKey === '');
  const agrees = await agreesToPolicy(ctx);
  if (unnamed !== undefined) return await showDraft(ctx, unnamed.draftId);
  if (!agrees) return ctx.show({ view: 'promotion.policy', subject: { kind: 'product', id: product } });
  const isUsedUp = standing !== undefined && sitesLeft(standing) === 0;
  if (isUsedUp && ctx.update.params.extra.anyway === undefined)
    return ctx.show({ view: 'promotion.noSites', subject: { kind: 'product', id: product } });
  const draftId = ctx.ids.next();
  const draft = newDraft(flowOf(product, iso.order), present({ country: iso.country, storeCity: lastStore?.city }));
  const { userId, policy } = ctx.person;
  const { isoId, order } = iso;
  await addDraft({ draftId, userId, isoId, product, policy, order, draft, updatedAt: ctx.now }, tx);
  ctx.audit('promotion.start', subjectOf(draftId), { product });
  await showDraft(ctx, draftId);
}

/** `Resume Baan Coffee`, on any device, any day. */
export async function resumePromotion(ctx: TapContext, { draftId }: StoredDraft): Promise<void> {
  await showDraft(ctx, draftId);
}
