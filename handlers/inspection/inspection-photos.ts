import { NOTE_TEXTS } from '../../cards/notes.ts';
import type { CardLine } from '../../models/cards.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import type { Inspection } from '../../src/inspection/inspection.ts';
import { acted } from '../../src/inspection/parts.ts';
import { expectPhoto, photoChecked } from '../../src/inspection/photos.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import { movesInspectionPhotos } from './move-inspection-photos.ts';
import { atHand, isTheirs, saveWork, subjectOf } from './task-at-hand.ts';

/** Photos for an inspection. */
export const inspectionPhotos: PhotoTarget = {
  ...movesInspectionPhotos,

  async find(asking, taskId) {
    const task = await findTask(taskId, asking.tx);
    if (task === undefined || !isTheirs(task, asking.person)) return undefined;
    const { storeName: shop, isoId, version } = task;
    const isAtHand = (await atHand(asking, taskId)) !== undefined;
    const ended = task.state === 'EXPIRED' ? 'over' : 'submitted';
    return { id: taskId, shop, doing: 'inspection', isoId, version, ended: isAtHand ? undefined : ended };
  },

  async expect(ctx, id, photos) {
    const found = await atHand(ctx, id);
    if (found === undefined) return undefined;
    const { task, assignment } = found;
    const { taskId, isoId, nextPhoto, asked } = task;
    // within a burst nothing was shown yet; before it, everything was
    const begun = ctx.person.move === undefined ? acted(task.inspection) : task.inspection;
    const inspection = photos.reduce(
      (now, photo, index) => expectPhoto(now, assignment, { ...photo, seq: nextPhoto + index }, asked),
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
    const about = { subject: subjectOf(taskId), shop: found.task.storeName };
    showChecked(ctx, about, photo, whyNotTaken(inspection, photoId));
  },
};

/** What is said of a picture that is of no use; undefined for one that is kept. */
function whyNotTaken({ photos, notes }: Inspection, photoId: string): CardLine | undefined {
  const where = photos.find((photo) => photo.photoId === photoId)?.where.kind;
  const note = notes.findLast((one) => 'photoId' in one && one.photoId === photoId);
  if ((where !== 'refused' && where !== 'setAside') || note === undefined || note.code === 'weak') return undefined;
  return { key: NOTE_TEXTS[note.code] };
}
