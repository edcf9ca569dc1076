import { setTimeout as after } from 'node:timers/promises';
import { entryText } from '../test/support/world/chat-text.ts';
import type { Person } from '../test/support/world/person.ts';
import type { World } from '../test/support/world/world.ts';

const LOOKED_AGAIN_MS = 50;

/** From sending the front photo until the card asks for what comes after it. */
export async function takenMs(world: World, person: Person, picture: Uint8Array): Promise<number> {
  const begun = performance.now();
  await world.sandbox.sendPictures(person.userId, [picture]);
  for (;;) {
    const entries = await person.entries();
    if (entries.some((entry) => entryText(entry).includes('Step 2 of'))) return performance.now() - begun;
    await after(LOOKED_AGAIN_MS);
  }
}
