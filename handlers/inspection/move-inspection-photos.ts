import type { PhotoPlace } from '../../cards/photos/photo-place.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { tasksFor } from '../../models/task-lists.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Inspection, InspectionPhoto } from '../../src/inspection/inspection.ts';
import {
  photoComes,
  photoLeaves,
  photoPutAside,
  photosThatMayLeave,
  receivedAs,
} from '../../src/inspection/move-photos.ts';
import type { MovesPhotos } from '../photos/moves-photos.ts';
import { type SpotsToInspect, spotsToInspect, waitingPhoto } from './inspected-shop.ts';
import { atHand, saveWork, showTask } from './task-at-hand.ts';

/** More than anybody works on at once. */
const MOST = 40;

/** How photos leave and come to an inspection. */
export const movesInspectionPhotos: MovesPhotos = {
  async begun({ person: { userId, isoId = '' }, now, tx }) {
    const tasks = await tasksFor({ userId, isoId, now, begun: true }, { skip: 0, limit: MOST }, tx);
    return tasks.map(({ taskId }) => taskId);
  },

  async gathered({ tx }, taskId) {
    const task = await findTask(taskId, tx);
    if (task === undefined) return [];
    const shop = await spotsToInspect(task, tx);
    return photosThatMayLeave(task.inspection).map((photo) => ({
      photoId: photo.photoId,
      place: placeIn(shop, photo),
    }));
  },

  async release(ctx, taskId, photoId) {
    await changing(ctx, taskId, (inspection) => photoLeaves(inspection, photoId));
  },

  async putAside(ctx, taskId, photoId) {
    await changing(ctx, taskId, (inspection) => photoPutAside(inspection, photoId));
  },

  async receive(ctx, taskId, photo, verdict) {
    const found = await atHand(ctx, taskId);
    const isIn = found?.task.inspection.photos.some(({ photoId }) => photoId === photo.photoId);
    if (found === undefined || isIn === true) return undefined;
    const { nextPhoto } = found.task;
    const incoming = { ...photo, seq: nextPhoto };
    const inspection = photoComes(found.task.inspection, found.assignment, incoming, verdict);
    await saveWork(ctx, found, inspection, { nextPhoto: nextPhoto + 1 });
    return receivedAs(inspection, photo.photoId);
  },

  show: showTask,
};

async function changing(ctx: Context, taskId: string, change: (inspection: Inspection) => Inspection): Promise<void> {
  const found = await atHand(ctx, taskId);
  if (found !== undefined) await saveWork(ctx, found, change(found.task.inspection));
}

function placeIn(shop: SpotsToInspect, { slot, where }: InspectionPhoto): PhotoPlace {
  if (where.kind !== 'kept' || slot === undefined) return { in: 'aside' };
  return { in: 'inspection', shows: waitingPhoto(shop, slot) };
}
