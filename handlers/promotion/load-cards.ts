import type { Card } from '../../models/cards.ts';
import { findDraft } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import type { Person } from '../../models/people.ts';
import { storesOf } from '../../models/stores.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { photosBeingChecked } from '../../src/flow/engine.ts';
import { drawnDraft, jobAside } from './draw-draft.ts';

const KNOWN_SHOPS = 3;

export const loadIntro: LoadCard = async () => ({
  name: 'promotion.intro',
  model: { product: 'MARKETING_CODE' },
  version: 0,
});

export const loadPolicy: LoadCard = async () => ({
  name: 'promotion.policy',
  model: { product: 'MARKETING_CODE' },
  version: 0,
});

/** Where the person stands in a promotion; "Got it. Checking…" on top while a photo is being looked at. */
export const loadPromotion: LoadCard = async (card, viewer) => {
  const stored = await openDraft(card, viewer);
  if (stored === undefined) return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  const { draft, isoId, version } = stored;
  const iso = await findIso(isoId);
  const known =
    draft.storeId === undefined && draft.answers.store === undefined
      ? await storesOf(isoId, viewer.userId, KNOWN_SHOPS)
      : [];
  const drawn = drawnDraft(draft, {
    timeZone: iso?.timeZone ?? 'UTC',
    known: known.map(({ storeId, nameLocal, address }) => ({ storeId, name: nameLocal, address })),
  });
  return {
    ...drawn,
    version,
    ...(photosBeingChecked(draft) > 0 && { line: { key: 'notice.checking' } }),
  };
};

export const loadDiscard: LoadCard = async (card, viewer) => {
  const stored = await openDraft(card, viewer);
  if (stored === undefined) return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  return { name: 'promotion.discard', model: { job: jobAside(stored.draft) }, version: stored.version };
};

async function openDraft(card: Card, viewer: Person) {
  const stored = await findDraft(card.subject.id);
  return stored?.userId === viewer.userId && stored.state === 'OPEN' ? stored : undefined;
}
