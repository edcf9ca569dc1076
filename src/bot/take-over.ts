import { freePuts } from '../../models/card-puts.ts';
import { freeLanes } from '../../models/lanes.ts';
import { freeLeases } from '../../models/leases.ts';
import { freeSends } from '../../models/outbox.ts';
import { freePictures } from '../../models/pictures.ts';

/**
 * Frees whatever a process held that was killed, so that people do not wait for its leases to run out. Only for the process
 * that has just opened the embedded store: nobody else can have worked on it, since its folder is locked.
 */
export async function takeOver(): Promise<void> {
  await freeLanes();
  await freeLeases();
  await freeSends();
  await freePictures();
  await freePuts();
}
