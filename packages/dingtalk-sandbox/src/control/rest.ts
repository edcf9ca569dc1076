import { setTimeout as after } from 'node:timers/promises';
import type { Connections } from '../push/connections.ts';
import type { World } from '../world/world.ts';
import type { BotControl } from './bot.ts';

const LOOK_EVERY_MS = 25;
/** How long the bot may keep its answer back until it is at rest. */
const BOT_ANSWERS_WITHIN_MS = 1_000;

/** Waits until nothing is under way in sandbox or bot; answers what is left when that takes longer than `timeoutMs`. */
export async function atRest(
  world: World,
  bot: BotControl,
  connections: Connections,
  timeoutMs: number,
): Promise<readonly string[]> {
  const deadline = performance.now() + timeoutMs;
  let quietSince: number | undefined;
  for (;;) {
    const before = world.activity.count;
    const withinMs = Math.max(0, Math.min(BOT_ANSWERS_WITHIN_MS, deadline - performance.now()));
    const left = await underWay(world, bot, connections, withinMs);
    // Twice in a row with nothing between: what moves from one side to the other is never missed.
    if (left.length === 0 && world.activity.count === before) {
      if (quietSince === before) return [];
      quietSince = before;
    } else {
      quietSince = undefined;
    }
    if (performance.now() > deadline) return left.length > 0 ? left : ['something keeps happening'];
    await after(quietSince === undefined ? LOOK_EVERY_MS : 5);
  }
}

/** Waits until nothing is under way in the sandbox itself, `timeoutMs` at most. */
export async function nothingUnderWayHere(world: World, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (world.activity.running().length > 0 && performance.now() < deadline) await after(5);
}

async function underWay(
  world: World,
  bot: BotControl,
  connections: Connections,
  withinMs: number,
): Promise<readonly string[]> {
  const here = world.activity.running();
  if (here.length > 0) return here;
  const there = await bot.idle(withinMs);
  if (there === undefined) return [];
  if (!there.idle) return there.left.length > 0 ? there.left : ['the bot is at work'];
  return connections.count() === 0 ? ['the bot is not connected'] : [];
}
