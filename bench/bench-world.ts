import { endParts, type Parts } from '../test/support/world/parts.ts';
import { SandboxApi } from '../test/support/world/sandbox-api.ts';
import { startWorld, World, type WorldOptions } from '../test/support/world/world.ts';

/** A world whose month of calls never runs short, however much is asked of it: what is measured is the bot, not its thrift. */
export async function startBenchWorld({ env, ...options }: WorldOptions = {}): Promise<World> {
  return await startWorld({ ...options, env: { DINGTALK_CALLS_A_MONTH: '1000000', ...env } });
}

/** Processes that a part has left to the next; none where each is measured on its own. */
let kept: Parts[] | undefined;

/** From now on a part begins on the processes of one before it, as by *Start the story again*: for what is not judged. */
export function keepBenchWorlds(): void {
  kept = [];
}

export async function endKeptWorlds(): Promise<void> {
  await Promise.all((kept ?? []).splice(0).map(endParts));
}

/** Works in such a world, and ends it; what went wrong in it does so in no other. */
export async function inBenchWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const world = await keptWorld();
  let isWell = false;
  try {
    const result = await work(world);
    isWell = true;
    return result;
  } finally {
    if (isWell && kept !== undefined && world.parts.bot.running) kept.push(world.parts);
    else await world.close();
  }
}

async function keptWorld(): Promise<World> {
  const parts = kept?.pop();
  if (parts === undefined) return await startBenchWorld();
  const world = new World();
  await world.start(parts);
  try {
    await new SandboxApi(parts.sandboxUrl).post('/reset', {});
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
}
