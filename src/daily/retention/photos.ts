import { DAY_MS } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { findAppeal } from '../../../models/appeals.ts';
import { draftsThere } from '../../../models/drafts.ts';
import { findTask, isPastTask } from '../../../models/inspection-tasks.ts';
import type { StoredPhoto } from '../../../models/photos.ts';
import { storedPhotosBefore } from '../../../models/photos.ts';
import { monthsBefore, type Retention } from '../../domain/retention.ts';
import { type PhotoRelease, releasePhotos } from './release-photos.ts';
import { pageByPage, type RetentionRule } from './rule.ts';
import { itemsOverSince } from './what-is-over.ts';

/** Photos go so many months after nothing waits any more for what they show; never what a draft may still need. */
export function photoRule({ photosMonths }: Retention, release: PhotoRelease): RetentionRule {
  return {
    of: 'photos',
    async *remove(now) {
      const before = monthsBefore(now, photosMonths);
      yield* pageByPage(
        (page) => storedPhotosBefore(before, page),
        async (photos) => await releasePhotos(await dueOf(photos, before, now), release),
      );
    },
  };
}

/** Nothing takes so long to be put: what is left of it is of a process that died. */
const CUT_OFF_AFTER_MS = DAY_MS;

/** What is left of photos that were being put when a process died. */
export function cutOffRule({ photos }: PhotoRelease, clock: Pick<Clock, 'machine'>): RetentionRule {
  return {
    of: 'photos',
    async *remove() {
      yield await photos.removeCutOff(clock.machine() - CUT_OFF_AFTER_MS);
    },
  };
}

async function dueOf(photos: readonly StoredPhoto[], before: number, now: number): Promise<readonly StoredPhoto[]> {
  const items = new Map(await Promise.all(photos.map(async (photo) => [photo.photoId, await itemOf(photo)] as const)));
  const refs = [...items.values()].filter((ref) => ref !== undefined);
  const over = await itemsOverSince(refs, now);
  const drafts = await draftsThere(photos.flatMap(({ about }) => (about.kind === 'draft' ? about.id : [])));
  const due: StoredPhoto[] = [];
  for (const photo of photos) {
    // a draft that is over decides itself about its photos; one whose draft is gone was not used
    if (photo.about.kind === 'draft' && drafts.has(photo.about.id)) continue;
    const itemRef = items.get(photo.photoId);
    const since = itemRef === undefined ? await unusedSince(photo, now) : over.get(itemRef);
    if (since !== undefined && since < before) due.push(photo);
  }
  return due;
}

/** The item that a photo was submitted for; undefined for one that was not. */
async function itemOf({ itemRef, about }: StoredPhoto): Promise<string | undefined> {
  return about.kind === 'appeal' ? (await findAppeal(about.id))?.itemRef : itemRef;
}

/** Since when nobody needs a photo that was not submitted; undefined as long as somebody is at work on what it was sent for. */
async function unusedSince({ sentAt, about }: StoredPhoto, now: number): Promise<number | undefined> {
  const task = about.kind === 'inspection' ? await findTask(about.id) : undefined;
  if (task === undefined) return sentAt;
  return isPastTask(task, now) ? Math.max(sentAt, task.dueAt, task.submittedAt ?? 0) : undefined;
}
