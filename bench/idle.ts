import { setTimeout as after } from 'node:timers/promises';
import { inBenchWorld } from './bench-world.ts';
import type { Row } from './row.ts';
import { storeCommands } from './store-commands.ts';

const MINUTE = 60;
const MOST_A_MINUTE = 180;

/** What a bot asks of its store while nobody does anything. */
export async function idleRows(seconds: number): Promise<Row[]> {
  return await inBenchWorld(async (world) => {
    await world.idle();
    const asked = await storeCommands(world, () => after(seconds * 1_000));
    const value = (asked * MINUTE) / seconds;
    const bound =
      'the sweep for what another process left behind, every five seconds; signs of life; who holds which job';
    return [{ name: 'idle.commandsPerMinute', value, unit: 'a minute', goal: { atMost: MOST_A_MINUTE }, bound }];
  });
}
