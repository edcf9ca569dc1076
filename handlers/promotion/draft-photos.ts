import { NOTE_TEXTS } from '../../cards/notes.ts';
import type { CardLine } from '../../models/cards.ts';
import { findDraft, type StoredDraft } from '../../models/drafts.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Aim, Draft } from '../../src/flow/draft.ts';
import { aimAt, aimOf, expectPhoto, notesRead, photoChecked, sameAim } from '../../src/flow/engine.ts';
import { acted } from '../../src/inspection/parts.ts';
import { paymentSlot, photoChecked as photoOfPaymentChecked, withPhotoExpected } from '../../src/inspection/photos.ts';
import { wasInHand } from '../hand-over/in-hand.ts';
import { whyNotTaken as whyPaymentPhotoNotTaken } from '../inspection/inspection-photos.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import type { SentPhoto } from '../photos/photo-work.ts';
import { aimOfCapture, capturesDraft } from './capture-draft.ts';
import { isOpen, saveDraft, subjectOf } from './current-draft.ts';
import { shopName } from './job.ts';
import { movesDraftPhotos } from './move-draft-photos.ts';
import { savePayments } from './save-payments.ts';

const ENDED = { OPEN: 'over', SUBMITTED: 'submitted', DISCARDED: 'discarded' } as const;

/** Photos for a promotion in the making, or for what puts one right. */
export const draftPhotos: PhotoTarget = {
  ...movesDraftPhotos,
  ...capturesDraft,

  async find(asking, id, sentAt) {
    const stored = await thatGoesOn(await findDraft(id, asking.tx), asking.tx);
    if (stored === undefined || !wasInHand(asking.person, stored, sentAt)) return undefined;
    const { draftId, draft, isoId, product, version } = stored;
    const ended = (await isOpen(asking, stored)) ? undefined : ENDED[stored.state];
    const doing = draft.modifies === undefined ? { promotes: product } : 'modify';
    return { id: draftId, shop: shopName(draft), doing, spot: draft.modifies?.label, isoId, version, ended };
  },

  async expect(ctx, id, photos) {
    const sentFor = await findDraft(id, ctx.tx);
    const stored = await thatGoesOn(sentFor, ctx.tx);
    if (sentFor === undefined || stored === undefined) return undefined;
    const { draftId, isoId, nextPhoto } = stored;
    // within a burst nothing was shown yet; before it, everything was
    const begun = ctx.person.move === undefined ? notesRead(stored.draft) : stored.draft;
    let verification = ctx.person.move === undefined ? acted(stored.verification) : stored.verification;
    const draft = photos.reduce((now, photo, index) => {
      const incoming = { photoId: photo.photoId, at: photo.at, seq: nextPhoto + index };
      const aim = aimIn(stored, sentFor, photo);
      if (aim.payment === undefined) return expectPhoto(now, incoming, aim);
      verification = withPhotoExpected(verification, incoming, paymentSlot(verification, aim.payment, photo.at));
      return now;
    }, begun);
    await saveDraft(ctx, stored, draft, { nextPhoto: nextPhoto + photos.length, verification });
    const about = subjectOf(draftId);
    return { about, isoId, firstSeq: nextPhoto, content: { view: 'promotion', subject: about } };
  },

  async checked(ctx, draftId, photo, verdict) {
    const { photoId } = photo;
    const stored = await findDraft(draftId, ctx.tx);
    if (stored?.state !== 'OPEN') return;
    const { verification, payments } = stored;
    if (verification.photos.some((one) => one.photoId === photoId)) {
      const checked = photoOfPaymentChecked(verification, payments, photoId, verdict);
      await savePayments(ctx, stored, checked);
      const about = { subject: subjectOf(draftId), shop: shopName(stored.draft) };
      return showChecked(ctx, about, photo, whyPaymentPhotoNotTaken(checked, photoId));
    }
    const draft = photoChecked(stored.draft, photoId, verdict);
    await saveDraft(ctx, stored, draft);
    const about = { subject: subjectOf(draftId), shop: shopName(draft) };
    showChecked(ctx, about, photo, whyNotTaken(draft, photoId));
  },
};

/** The draft itself, or the one of the same shop that goes on in its place. */
async function thatGoesOn(stored: StoredDraft | undefined, tx?: Reads): Promise<StoredDraft | undefined> {
  return stored?.goesOnAs === undefined ? stored : await findDraft(stored.goesOnAs, tx);
}

/** What the draft that a photo was sent for asked then; where another one goes on that asks something else now, it is past. */
function aimIn(stored: StoredDraft, sentFor: StoredDraft, { at, slot }: SentPhoto): Aim {
  const { draftId, draft } = stored;
  // the spots of another draft are others
  if (slot !== undefined) return draftId === sentFor.draftId ? aimOfCapture(stored, slot) : { past: true };
  const then = aimAt(sentFor.draft, sentFor.asked ?? [], at);
  return draftId === sentFor.draftId || sameAim(then, aimOf(draft)) ? then : { ...then, past: true };
}

/** What is said of a picture that is of no use; undefined for one that is kept. */
function whyNotTaken({ photos, notes }: Draft, photoId: string): CardLine | undefined {
  const where = photos.find((photo) => photo.photoId === photoId)?.where.kind;
  const note = notes.findLast((one) => one.photoId === photoId);
  return (where === 'refused' || where === 'setAside') && note !== undefined
    ? { key: NOTE_TEXTS[note.code] }
    : undefined;
}
