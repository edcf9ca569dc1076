import type { PhotoPlace } from '../../cards/photos/photo-place.ts';
import { findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Draft, DraftPhoto } from '../../src/flow/draft.ts';
import { photoComes, photoLeaves, photoPutAside, photosThatMayLeave, receivedAs } from '../../src/flow/engine.ts';
import type { Inspection } from '../../src/inspection/inspection.ts';
import * as payments from '../../src/inspection/move-photos.ts';
import type { MovesPhotos } from '../photos/moves-photos.ts';
import { isOpen, saveDraft, showDraft } from './current-draft.ts';
import { labelOf } from './job.ts';
import { savePayments } from './save-payments.ts';
import { withCodesLookedUp } from './used-elsewhere.ts';

/** How photos leave and come to a promotion in the making, or what puts one right. */
export const movesDraftPhotos: MovesPhotos = {
  async begun({ person, tx }) {
    return (await openDraftsOf(person.userId, tx)).map(({ draftId }) => draftId);
  },

  async gathered({ tx }, draftId) {
    const stored = await findDraft(draftId, tx);
    if (stored === undefined) return [];
    const { draft, verification } = stored;
    return [
      ...photosThatMayLeave(draft).map((photo) => ({ photoId: photo.photoId, place: placeIn(draft, photo) })),
      ...payments.photosThatMayLeave(verification).map(({ photoId, slot, where }) => {
        const shows = where.kind === 'kept' && slot?.kind === 'payment' ? slot : undefined;
        const place: PhotoPlace = shows === undefined ? { in: 'aside' } : { in: 'inspection', shows };
        return { photoId, place };
      }),
    ];
  },

  async release(ctx, draftId, photoId) {
    await changing(ctx, draftId, photoId, { draft: photoLeaves, payments: payments.photoLeaves });
  },

  async putAside(ctx, draftId, photoId) {
    await changing(ctx, draftId, photoId, { draft: photoPutAside, payments: payments.photoPutAside });
  },

  async beforeReceiving({ tx }, draftId, photo, verdict) {
    const stored = await findDraft(draftId, tx);
    if (stored === undefined) return;
    const { draft, isoId, nextPhoto } = stored;
    await withCodesLookedUp({ tx, isoId }, photoComes(draft, { ...photo, seq: nextPhoto }, verdict));
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

function isIn({ draft, verification }: StoredDraft, photoId: string): boolean {
  return [...draft.photos, ...verification.photos].some((photo) => photo.photoId === photoId);
}

/** Changes what the photo stands in: the draft, or what was said of its payments. */
async function changing(
  ctx: Context,
  draftId: string,
  photoId: string,
  change: {
    readonly draft: (draft: Draft, photoId: string) => Draft;
    readonly payments: (verification: Inspection, photoId: string) => Inspection;
  },
): Promise<void> {
  const stored = await findDraft(draftId, ctx.tx);
  if (stored === undefined) return;
  const changed = change.payments(stored.verification, photoId);
  if (changed !== stored.verification) await savePayments(ctx, stored, changed);
  else await saveDraft(ctx, stored, change.draft(stored.draft, photoId));
}

function placeIn(draft: Draft, { where }: DraftPhoto): PhotoPlace {
  if (where.kind !== 'slot') return { in: where.kind === 'setAside' ? 'aside' : 'waiting' };
  const { name, spot } = where.slot;
  return { in: 'slot', slot: name, spot: spot === undefined ? undefined : labelOf(draft, spot) };
}
