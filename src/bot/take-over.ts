import { freePuts } from '../../models/card-puts.ts';
import { freeSends } from '../../models/held-sends.ts';
import { freeLanes } from '../../models/lanes.ts';
import { freeLeases } from '../../models/leases.ts';
import { freePictures } from '../../models/pictures.ts';
import { freeFolders } from '../../models/submissions.ts';

/**
 * Frees what a dead process held, so that people do not wait for its leases to run out. Without its name: what anybody held, for the
 * one that has just opened the embedded store, on which nobody else can have worked, since its folder is locked.
 */
export async function takeOver(process?: string): Promise<void> {
  await freeLanes(process);
  await freeLeases(process);
  await freeSends(process);
  await freePictures(process);
  await freePuts(process);
  // whoever has a folder of their own beside may come back to it
  if (process === undefined) await freeFolders();
}
