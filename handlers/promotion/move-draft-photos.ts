import type { PhotoPlace } from '../../cards/photos/photo-place.ts';
import { findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Draft, DraftPhoto } from '../../src/flow/draft.ts';
import { photoComes, photoLeaves, photoPutAside, photosThatMayLeave, receivedAs } from '../../src/flow/engine.ts';
import type { MovesPhotos } from '../photos/moves-photos.ts';
import { isOpen, saveDraft, showDraft } from './current-draft.ts';
import { labelOf } from './job.ts';

/** How photos leave and come to a promotion in the making, or what puts one right. */
export const movesDraftPhotos: MovesPhotos = {
  async begun({ person, tx }) {
    return (await openDraftsOf(person.userId, tx)).map(({ draftId }) => draftId);
  },

  async gathered({ tx }, draftId) {
    const { draft } = (await findDraft(draftId, tx)) ?? {};
    return draft === undefined
      ? []
      : photosThatMayLeave(draft).map((photo) => ({ photoId: photo.photoId, place: placeIn(draft, photo) }));
  },

  async release(ctx, draftId, photoId) {
    await changing(ctx, draftId, (draft) => photoLeaves(draft, photoId));
  },

  async putAside(ctx, draftId, photoId) {
    await changing(ctx, draftId, (draft) => photoPutAside(draft, photoId));
  },

  async receive(ctx, draftId, photo, verdict) {
    const stored = await findDraft(draftId, ctx.tx);
    if (stored === undefined || !(await isOpen(ctx, stored)) || isIn(stored, photo.photoId)) return undefined;
    const { nextPhoto } = stored;
    const draft = photoComes(stored.draft, { ...photo, seq: nextPhoto }, verdict);
    const saved = await saveDraft(ctx, stored, draft, { nextPhoto: nextPhoto + 1 });
    return receivedAs(saved.draft, photo.photoId);
  },

  show: showDraft,
};

function isIn({ draft }: StoredDraft, photoId: string): boolean {
  return draft.photos.some((photo) => photo.photoId === photoId);
}

async function changing(ctx: Context, draftId: string, change: (draft: Draft) => Draft): Promise<void> {
  const stored: StoredDraft | undefined = await findDraft(draftId, ctx.tx);
  if (stored !== undefined) await saveDraft(ctx, stored, change(stored.draft));
}

function placeIn(draft: Draft, { where }: DraftPhoto): PhotoPlace {
  if (where.kind !== 'slot') return { in: where.kind === 'setAside' ? 'aside' : 'waiting' };
  const { name, spot } = where.slot;
  return { in: 'slot', slot: name, spot: spot === undefined ? undefined : labelOf(draft, spot) };
}
