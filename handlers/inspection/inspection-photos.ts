import { NOTE_TEXTS } from '../../cards/notes.ts';
import type { CardLine } from '../../models/cards.ts';
import type { Inspection } from '../../src/inspection/inspection.ts';
import { acted } from '../../src/inspection/parts.ts';
import { expectPhoto, photoChecked } from '../../src/inspection/photos.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import { atHand, saveWork, subjectOf } from './task-at-hand.ts';

/** Photos for the inspection that is the current work. */
export const inspectionPhotos: PhotoTarget = {
  async expect(ctx, photos) {
    const found = await atHand(ctx, ctx.person.currentWork?.id);
    if (found === undefined) return undefined;
    const { task, assignment } = found;
    const { taskId, isoId, nextPhoto } = task;
    // within a burst nothing was shown yet; before it, everything was
    const begun = ctx.person.move === undefined ? acted(task.inspection) : task.inspection;
    const inspection = photos.reduce(
      (now, photo, index) => expectPhoto(now, assignment, { ...photo, seq: nextPhoto + index }),
      begun,
    );
    await saveWork(ctx, found, inspection, { nextPhoto: nextPhoto + photos.length });
    const about = subjectOf(taskId);
    return { about, isoId, firstSeq: nextPhoto, content: { view: 'inspection', subject: about } };
  },

  async checked(ctx, taskId, photo, verdict) {
    const { photoId } = photo;
    const found = await atHand(ctx, taskId);
    if (found === undefined) return;
    const inspection = photoChecked(found.task.inspection, found.assignment, photoId, verdict);
    await saveWork(ctx, found, inspection);
    showChecked(ctx, subjectOf(taskId), photo, whyNotTaken(inspection, photoId));
  },
};

/** What is said of a picture that is of no use; undefined for one that is kept. */
function whyNotTaken({ photos, notes }: Inspection, photoId: string): CardLine | undefined {
  const where = photos.find((photo) => photo.photoId === photoId)?.where.kind;
  const note = notes.findLast((one) => one.photoId === photoId);
  if ((where !== 'refused' && where !== 'setAside') || note === undefined || note.code === 'weak') return undefined;
  return { key: NOTE_TEXTS[note.code] };
}
