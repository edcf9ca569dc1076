import { z } from 'zod';
import type { Connections } from '../push/connections.ts';
import type { World } from '../world/world.ts';
import type { BotControl } from './bot.ts';
import { ControlError, shaped } from './control-error.ts';
import { atRest, nothingUnderWayHere, timeoutMsSchema } from './rest.ts';

const clockSchema = z.union([
  z.strictObject({
    advanceMs: z
      .number()
      .min(0)
      .max(400 * 86_400_000),
    timeoutMs: timeoutMsSchema,
  }),
  z.strictObject({ now: z.number(), timeoutMs: timeoutMsSchema }),
]);

/**
 * Moves the demo's clock forward once what is under way has arrived, step by step through everything the sandbox has due: at
 * each step the bot goes first and answers when its own due things have happened, then the sandbox follows, then both come to rest, for which
 * `timeoutMs` is a step's time.
 */
export async function moveClock(
  world: World,
  bot: BotControl,
  connections: Connections,
  body: unknown,
): Promise<{ now: number }> {
  const asked = shaped(clockSchema, body);
  await nothingUnderWayHere(world, asked.timeoutMs);
  const target = Math.ceil('now' in asked ? asked.now : world.clock.now() + asked.advanceMs);
  if (target < world.clock.now() - 1000) throw new ControlError(409, 'past', 'the clock goes forward only');
  for (;;) {
    const due = world.clock.nextDue();
    const step = due === undefined || due >= target ? target : Math.max(due, world.clock.now());
    await bot.moveClock(step);
    world.clock.moveTo(step);
    world.settings.setNumber('clockOffsetMs', world.clock.offsetMs);
    const left = await atRest(world, bot, connections, asked.timeoutMs);
    if (left.length > 0) throw new ControlError(408, 'notAtRest', `still under way: ${left.join('; ')}`);
    if (step === target) break;
  }
  world.changes.announce('clock');
  return { now: world.clock.now() };
}
