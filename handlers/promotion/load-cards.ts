import type { Card } from '../../models/cards.ts';
import { findDraft } from '../../models/drafts.ts';
import { findIso, isoFrom } from '../../models/isos.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { currentProgramme, flowOf, productsNow, programmeAt } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { countCodesWith, isAllotting } from '../../models/stock-lists.ts';
import { storesOf } from '../../models/stores.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { mustReadPolicy } from '../../src/domain/policy-agreed.ts';
import { sitesLeft } from '../../src/domain/site-quota.ts';
import { hasCodes, isHeld } from '../../src/flow/definition.ts';
import type { Place } from '../../src/flow/draft.ts';
import { limitsOf, photosBeingChecked, placeOf } from '../../src/flow/engine.ts';
import { storeStepOf } from '../../src/flow/roles.ts';
import { photosBeingChecked as photosOfPaymentsBeingChecked } from '../../src/inspection/slots.ts';
import { isBeingModified } from '../review/item-model.ts';
import { loadItem } from '../review/load-item.ts';
import { drawnDraft, jobAside } from './draw-draft.ts';
import { paymentsToDraw } from './load-payments.ts';
import { type SiteStanding, siteStanding } from './sites.ts';
import { limitsFor } from './store-limits.ts';

const KNOWN_SHOPS = 3;

export const loadIntro: LoadCard = async ({ subject: { id: product } }, { policy, isoId, userId }, now, seen) => {
  if (!productsNow().includes(product)) return OLD_CARD;
  const { version } = currentProgramme().programme.policy;
  const isAgreedByStart = policy === undefined && !mustReadPolicy(policy, version);
  const [standing, codes] = await Promise.all([siteStandingOf(isoId, now, seen), codesLeft(product, userId, isoId)]);
  const sites = standing && { left: sitesLeft(standing), per: standing.per };
  const agrees = isAgreedByStart ? version : undefined;
  return { name: 'promotion.intro', model: { product, agrees, sites, codes }, version: 0 };
};

/** Undefined where nothing is asked: of a product without codes, and where the ISO gives out none. */
async function codesLeft(product: string, userId: string, isoId: string | undefined): Promise<number | undefined> {
  if (isoId === undefined || !hasCodes(flowOf(product))) return undefined;
  const [count, gives] = await Promise.all([countCodesWith(userId, isoId, product), isAllotting(isoId)]);
  return gives ? count : undefined;
}

export const loadNoSites: LoadCard = async ({ subject: { id: product } }, { isoId }, now, seen) => {
  const standing = await siteStandingOf(isoId, now, seen);
  if (!productsNow().includes(product) || standing === undefined) return OLD_CARD;
  const { agreed, per } = standing;
  return { name: 'promotion.noSites', model: { product, agreed, per }, version: 0 };
};

async function siteStandingOf(
  isoId: string | undefined,
  now: number,
  seen: Reads | undefined,
): Promise<SiteStanding | undefined> {
  const iso = isoId === undefined ? undefined : await findIso(isoId, seen);
  return iso && (await siteStanding(iso, now));
}

export const loadPolicy: LoadCard = async ({ subject: { id: product } }, { policy, isoId }, _now, seen) => {
  if (!productsNow().includes(product)) return OLD_CARD;
  const { version, link } = currentProgramme().programme.policy;
  const { clauses } = flowOf(product);
  if (policy === undefined || policy.version < version) {
    const isNew = mustReadPolicy(policy, version);
    return { name: 'promotion.policy', model: { product, clauses, link, agrees: { version, isNew } }, version: 0 };
  }
  const iso = isoId === undefined ? undefined : await findIso(isoId, seen);
  const agreed = { at: policy.at, timeZone: iso?.timeZone ?? 'UTC' };
  return { name: 'promotion.policy', model: { product, clauses, link, agreed }, version: 0 };
};

/** Where the person stands in a promotion; "Got it. Checking…" on top while a photo is being looked at. */
export const loadPromotion: LoadCard = async (card, viewer, now, seen) => {
  const [stored, own] = await Promise.all([openDraft(card, viewer, seen), findIso(viewer.isoId ?? '', seen)]);
  if (stored === undefined) return OLD_CARD;
  const { modifies } = stored.draft;
  if (modifies !== undefined && !isBeingModified(await findItem(modifies.itemRef, seen), modifies, now)) {
    const moot = await loadItem(modifies.itemRef, viewer, now, { seen });
    return { ...moot, line: { key: 'item.cannotNow' } };
  }
  const { draft, isoId, version } = stored;
  if (isHeld(draft)) {
    const programme = await programmeAt(stored.programme);
    return { name: 'promotion.held', model: { job: jobAside(draft) }, programme, version };
  }
  const place = placeOf(draft);
  const asksStore = draft.storeId === undefined && draft.answers[storeStepOf(draft)] === undefined;
  const { verification, verifiedBefore } = stored;
  const [iso, known, limits, payments] = await Promise.all([
    isoFrom(own, isoId),
    asksStore ? storesOf(isoId, viewer.userId, KNOWN_SHOPS) : [],
    saysLimits(place) ? limitsFor(stored) : limitsOf(draft),
    paymentsToDraw(stored, place.kind === 'payments'),
  ]);
  const drawn = drawnDraft(draft, {
    timeZone: iso?.timeZone ?? 'UTC',
    limits,
    known: known.map(({ storeId, nameLocal, address }) => ({ storeId, name: nameLocal, address })),
    payments,
    verifiedAt: verifiedBefore?.at,
  });
  const beingChecked = photosBeingChecked(draft) + photosOfPaymentsBeingChecked(verification).length;
  return {
    ...drawn,
    // what is put right is asked in the words of what was submitted
    programme: modifies === undefined ? drawn.programme : await programmeAt(stored.programme),
    version,
    line: beingChecked > 0 ? { key: 'notice.checking' } : undefined,
  };
};

/** Whether the card there says what the shop may still have, or what may be submitted. */
function saysLimits(place: Place): boolean {
  if (place.kind === 'question') return place.question.kind === 'confirmDoubts';
  return place.kind === 'form' ? place.spot !== undefined : ['summary', 'change'].includes(place.kind);
}

export const loadDiscard: LoadCard = async (card, viewer, _now, seen) => {
  const stored = await openDraft(card, viewer, seen);
  if (stored === undefined) return OLD_CARD;
  const programme = await programmeAt(stored.programme);
  return { name: 'promotion.discard', model: { job: jobAside(stored.draft) }, programme, version: stored.version };
};

async function openDraft(card: Card, viewer: Person, seen: Reads | undefined) {
  const stored = await findDraft(card.subject.id, seen);
  return stored?.ownerId === viewer.userId && stored.state === 'OPEN' ? stored : undefined;
}
