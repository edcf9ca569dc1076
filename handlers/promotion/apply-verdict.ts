import type { CardLine } from '../../models/cards.ts';
import { findDraft } from '../../models/drafts.ts';
import { addPhoto, photoBacksAnother } from '../../models/photos.ts';
import type { Context } from '../../src/bot/context.ts';
import type { VerdictStep } from '../../src/bot/lane-step.ts';
import { type Refusal, WEAKNESSES } from '../../src/flow/codes.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { type PhotoVerdict, photoChecked } from '../../src/flow/engine.ts';
import { saveDraft, subjectOf } from './current-draft.ts';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'picture.notAnImage': 'notAnImage',
  'picture.tooSmall': 'tooSmall',
  'picture.tooBig': 'tooBig',
  'picture.expired': 'expired',
};

/** A picture was checked: the photo is entered, takes its place in the draft, and what was found is said on the card. */
export async function applyVerdict(ctx: Context, { pictureId, draftId, verdict, sentAt }: VerdictStep): Promise<void> {
  const stored = await findDraft(draftId, ctx.tx);
  if (stored === undefined) return;
  let found: PhotoVerdict;
  if (verdict.kept) {
    const { contentHash, originalHash, perceptualHash, width, height, codes, dark, blurry, small } = verdict;
    const usedBefore = await photoBacksAnother(stored.isoId, originalHash, ctx.tx);
    await addPhoto(
      {
        ...{ photoId: pictureId, isoId: stored.isoId, userId: stored.userId, draftId, sentAt },
        ...{ contentHash, originalHash, perceptualHash, width, height },
      },
      ctx.tx,
    );
    const weaknesses = WEAKNESSES.filter((weakness) => ({ dark, blurry, small })[weakness]);
    found = { ok: true, sha256: contentHash, codes, weaknesses, usedBefore };
  } else {
    found = { ok: false, reason: REFUSALS[verdict.reason] ?? 'unreadable' };
  }
  if (stored.state !== 'OPEN') return;
  const draft = photoChecked(stored.draft, pictureId, found);
  await saveDraft(ctx, stored, draft);
  const notTaken = whyNotTaken(draft, pictureId);
  if (notTaken !== undefined && (ctx.person.move !== undefined || ctx.card?.formOpen === true)) {
    const photos = ctx.person.move === undefined ? 0 : -1;
    ctx.moveBelow({ afterMs: 0, evenForm: false, photos, belowForm: notTaken });
  }
  // a card that is about to move is drawn anew below; redrawing the old one first would cost a call for nothing
  if (ctx.person.move === undefined) ctx.touch(subjectOf(draftId));
}

/** What is said of a picture that is of no use; undefined for one that is kept. */
function whyNotTaken({ photos, notes }: Draft, photoId: string): CardLine | undefined {
  const where = photos.find((photo) => photo.photoId === photoId)?.where.kind;
  const note = notes.findLast((one) => one.photoId === photoId);
  return (where === 'refused' || where === 'setAside') && note !== undefined ? { key: `note.${note.code}` } : undefined;
}
