import { setTimeout as after } from 'node:timers/promises';
import { z } from 'zod';
import type { Connections } from '../push/connections.ts';
import type { World } from '../world/world.ts';
import type { BotControl } from './bot.ts';

/**
 * How long to wait where nobody says, in milliseconds of the machine: far above what a bot that works takes on a machine that twenty others want,
 * and less than most clients wait for an answer.
 */
export const timeoutMsSchema = z.number().int().min(0).max(600_000).default(200_000);
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
  let quiet: { readonly here: number; readonly there: number | undefined } | undefined;
  for (;;) {
    const here = world.activity.count;
    const withinMs = Math.max(0, Math.min(BOT_ANSWERS_WITHIN_MS, deadline - performance.now()));
    const { left, there } = await underWay(world, bot, connections, { withinMs, since: quiet?.there });
    // Twice in a row with nothing between: what moves from one side to the other is never missed.
    if (left.length === 0 && world.activity.count === here) {
      if (quiet?.here === here) return [];
      quiet = { here, there };
    } else {
      quiet = undefined;
    }
    if (performance.now() > deadline) return left.length > 0 ? left : ['something keeps happening'];
    await after(quiet === undefined ? LOOK_EVERY_MS : 5);
  }
}

/** Waits until nothing is under way in the sandbox itself, `timeoutMs` at most. */
export async function nothingUnderWayHere(world: World, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (world.activity.running().length > 0 && performance.now() < deadline) await after(5);
}

/** What is under way, named, and how much has happened in the bot. */
interface UnderWay {
  readonly left: readonly string[];
  readonly there?: number | undefined;
}

async function underWay(
  world: World,
  bot: BotControl,
  connections: Connections,
  { withinMs, since }: { readonly withinMs: number; readonly since: number | undefined },
): Promise<UnderWay> {
  const here = world.activity.running();
  if (here.length > 0) return { left: here };
  const there = await bot.idle(withinMs, since);
  if (there === undefined) return { left: [] };
  if (!there.idle) return { left: there.left.length > 0 ? there.left : ['the bot is at work'] };
  return { left: connections.count() === 0 ? ['the bot is not connected'] : [], there: there.changes };
}
