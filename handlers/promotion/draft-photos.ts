import { NOTE_TEXTS } from '../../cards/notes.ts';
import type { CardLine } from '../../models/cards.ts';
import { findDraft } from '../../models/drafts.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { expectPhoto, notesRead, photoChecked } from '../../src/flow/engine.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import { currentDraft, saveDraft, subjectOf } from './current-draft.ts';

/** Photos for a promotion in the making, or for the only one that is open. */
export const draftPhotos: PhotoTarget = {
  async expect(ctx, photos) {
    const stored = await currentDraft(ctx);
    if (stored === undefined) return undefined;
    const { draftId, isoId, nextPhoto } = stored;
    // within a burst nothing was shown yet; before it, everything was
    const begun = ctx.person.move === undefined ? notesRead(stored.draft) : stored.draft;
    const draft = photos.reduce((now, photo, index) => expectPhoto(now, { ...photo, seq: nextPhoto + index }), begun);
    await saveDraft(ctx, stored, draft, { nextPhoto: nextPhoto + photos.length });
    const about = subjectOf(draftId);
    return { about, isoId, firstSeq: nextPhoto, content: { view: 'promotion', subject: about } };
  },

  async checked(ctx, draftId, photo, verdict) {
    const { photoId } = photo;
    const stored = await findDraft(draftId, ctx.tx);
    if (stored?.state !== 'OPEN') return;
    const draft = photoChecked(stored.draft, photoId, verdict);
    await saveDraft(ctx, stored, draft);
    showChecked(ctx, subjectOf(draftId), photo, whyNotTaken(draft, photoId));
  },
};

/** What is said of a picture that is of no use; undefined for one that is kept. */
function whyNotTaken({ photos, notes }: Draft, photoId: string): CardLine | undefined {
  const where = photos.find((photo) => photo.photoId === photoId)?.where.kind;
  const note = notes.findLast((one) => one.photoId === photoId);
  return (where === 'refused' || where === 'setAside') && note !== undefined
    ? { key: NOTE_TEXTS[note.code] }
    : undefined;
}
