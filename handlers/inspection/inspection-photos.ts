import { NOTE_TEXTS } from '../../cards/notes.ts';
import type { CardLine } from '../../models/cards.ts';
import { findTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import type { Person } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Inspection } from '../../src/inspection/inspection.ts';
import { acted } from '../../src/inspection/parts.ts';
import { expectPhoto, photoChecked, withPhotoExpected } from '../../src/inspection/photos.ts';
import { wasInHand } from '../hand-over/in-hand.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import { capturesInspection, slotOfCapture } from './capture-inspection.ts';
import { movesInspectionPhotos } from './move-inspection-photos.ts';
import { type AtHand, isOpen, isTheirs, saveWork, subjectOf, withAssignment } from './task-at-hand.ts';

/** Photos for an inspection. */
export const inspectionPhotos: PhotoTarget = {
  ...movesInspectionPhotos,
  ...capturesInspection,

  async find({ person, now, tx }, taskId, sentAt) {
    const task = await findTask(taskId, tx);
    if (task === undefined || !(isTheirs(task, person) || wasTheirs(task, person, sentAt))) return undefined;
    const { storeName: shop, isoId, version } = task;
    const ended = task.state === 'EXPIRED' ? 'over' : 'submitted';
    const isAtHand = await isOpen(task, now, tx);
    return { id: taskId, shop, doing: 'inspection', isoId, version, ended: isAtHand ? undefined : ended };
  },

  async expect(ctx, id, photos) {
    const found = await openTask(ctx, id);
    if (found === undefined) return undefined;
    const { task, assignment } = found;
    const { taskId, isoId, nextPhoto, asked } = task;
    // within a burst nothing was shown yet; before it, everything was
    const begun = ctx.person.move === undefined ? acted(task.inspection) : task.inspection;
    const inspection = photos.reduce((now, { photoId, at, slot }, index) => {
      const photo = { photoId, at, seq: nextPhoto + index };
      if (slot === undefined) return expectPhoto(now, assignment, photo, asked);
      return withPhotoExpected(now, photo, slotOfCapture(slot, assignment));
    }, begun);
    await saveWork(ctx, found, inspection, { nextPhoto: nextPhoto + photos.length });
    const about = subjectOf(taskId);
    return { about, isoId, firstSeq: nextPhoto, content: { view: 'inspection', subject: about } };
  },

  async checked(ctx, taskId, photo, verdict) {
    const { photoId } = photo;
    const found = await openTask(ctx, taskId);
    if (found === undefined) return;
    const inspection = photoChecked(found.task.inspection, found.assignment, photoId, verdict);
    await saveWork(ctx, found, inspection);
    const about = { subject: subjectOf(taskId), shop: found.task.storeName };
    showChecked(ctx, about, photo, whyNotTaken(inspection, photoId));
  },
};

/** Sent while the task was in the hands of whoever sent it, who has given it on since. */
function wasTheirs(
  { assigneeId: ownerId, formerId, givenAt, isoId }: InspectionTask,
  person: Person,
  sentAt: number | undefined,
): boolean {
  return isoId === person.isoId && wasInHand(person, { ownerId, formerId, givenAt }, sentAt);
}

/** The task, while it can be worked on: what was sent for it stays with it, whoever has it now. */
async function openTask(ctx: Context, taskId: string): Promise<AtHand | undefined> {
  const found = await withAssignment(taskId, ctx.tx);
  return found !== undefined && (await isOpen(found.task, ctx.now, ctx.tx)) ? found : undefined;
}

/** What is said of a picture that is of no use; undefined for one that is kept. */
export function whyNotTaken({ photos, notes }: Inspection, photoId: string): CardLine | undefined {
  const where = photos.find((photo) => photo.photoId === photoId)?.where.kind;
  const note = notes.findLast((one) => 'photoId' in one && one.photoId === photoId);
  if ((where !== 'refused' && where !== 'setAside') || note === undefined || note.code === 'weak') return undefined;
  return { key: NOTE_TEXTS[note.code] };
}
