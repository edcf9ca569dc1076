import { addPhoto, photoBacksAnother } from '../../models/photos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Context } from '../../src/bot/context.ts';
import type { VerdictStep } from '../../src/bot/lane-step.ts';
import { flagsOfTime } from '../../src/domain/photo-flags.ts';
import { type Refusal, WEAKNESSES } from '../../src/flow/codes.ts';
import type { PhotoVerdict } from '../../src/flow/engine.ts';
import { isOnlyRead } from '../../src/platform/subject.ts';
import { photoTargetOf } from './targets.ts';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'picture.notAnImage': 'notAnImage',
  'picture.unsupportedFormat': 'unsupportedFormat',
  'picture.tooSmall': 'tooSmall',
  'picture.tooBig': 'tooBig',
  'picture.tooHeavy': 'tooHeavy',
  'picture.cannotBeRead': 'cannotBeRead',
  'picture.expired': 'expired',
};

/** A picture was checked: the photo is entered, and what it was sent for takes it or says why not. */
export async function applyVerdict(ctx: Context, step: VerdictStep): Promise<void> {
  const { pictureId: photoId, about, sentAt } = step;
  const found = await entered(ctx, step);
  await photoTargetOf(about.kind)?.checked(ctx, about.id, { photoId, at: sentAt }, found);
}

async function entered(ctx: Context, { pictureId, about, verdict, sentAt, isoId }: VerdictStep): Promise<PhotoVerdict> {
  if (!verdict.kept) return { ok: false, reason: REFUSALS[verdict.reason] ?? 'unreadable' };
  const { contentHash, originalHash, width, height, codes, dark, blurry, small, takenAt, looks, alike = [] } = verdict;
  const flags = flagsOfTime(takenAt, sentAt, currentProgramme().programme.photos.oldAfterDays);
  if (isOnlyRead(about.kind)) return { ok: true, sha256: contentHash, codes, weaknesses: [], usedBefore: false };
  const usedBefore = await photoBacksAnother(isoId, originalHash, ctx.tx);
  const weaknesses = WEAKNESSES.filter((weakness) => ({ dark, blurry, small })[weakness]);
  await addPhoto(
    {
      photoId: pictureId,
      isoId,
      userId: ctx.person.userId,
      about,
      sentAt,
      contentHash,
      originalHash,
      width,
      height,
      takenAt,
      looks,
      alike: alike.length > 0 ? alike : undefined,
      keptAt: looks === undefined ? undefined : ctx.now,
      flags: flags.length > 0 ? flags : undefined,
      found: { codes, weaknesses },
    },
    ctx.tx,
  );
  return { ok: true, sha256: contentHash, codes, weaknesses, usedBefore };
}
