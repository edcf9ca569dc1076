import { type SandboxCard, viewerOf } from '../store/cards.ts';
import type { World } from './world.ts';

/** A picture's upload is counted for the one on whose card it first appears. */
export function countPictures(world: World, card: SandboxCard): void {
  const viewer = viewerOf(card);
  if (viewer === undefined) return;
  const shown = JSON.stringify([card.publicData, card.privateData]);
  const first = world.files.shownTo(viewer, shown);
  for (let count = 0; count < first; count++) world.counters.callFor(viewer, 'POST /media/upload', true);
}
