import { addPhoto, photoBacksAnother } from '../../models/photos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Context } from '../../src/bot/context.ts';
import type { VerdictStep } from '../../src/bot/lane-step.ts';
import { flagsOfTime } from '../../src/domain/photo-flags.ts';
import type { Place } from '../../src/domain/places.ts';
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

/** A place is kept only for as long as there will be others to compare it with; one that is made up is compared with none. */
async function placeToCompare(ctx: Context, { about, sentAt, verdict }: VerdictStep): Promise<Place | undefined> {
  if (!verdict.kept || verdict.place === undefined || verdict.place.mocked === true) return undefined;
  const work = await photoTargetOf(about.kind)?.find(ctx, about.id, sentAt);
  if (work === undefined || work.ended !== undefined) return undefined;
  const { latitude, longitude, accuracyM } = verdict.place;
  return { latitude, longitude, accuracyM };
}

async function entered(ctx: Context, step: VerdictStep): Promise<PhotoVerdict> {
  const { pictureId, about, verdict, sentAt, isoId } = step;
  if (!verdict.kept) return { ok: false, reason: REFUSALS[verdict.reason] ?? 'unreadable' };
  const { contentHash, originalHash, width, height, codes, dark, blurry, small, takenAt, looks, alike = [] } = verdict;
  const { oldAfterDays } = currentProgramme().programme.photos;
  const ofPlace = verdict.place?.mocked === true ? (['PLACE_MADE_UP'] as const) : [];
  const flags = [...flagsOfTime(takenAt, sentAt, oldAfterDays), ...ofPlace];
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
      place: await placeToCompare(ctx, step),
      found: { codes, weaknesses },
    },
    ctx.tx,
  );
  return { ok: true, sha256: contentHash, codes, weaknesses, usedBefore };
}
