import { forgetReviews } from '../../reviewer/review-day.ts';
import { seed } from '../demo-people.ts';
import { RESET_TABLES } from '../store/database.ts';
import { setStoryPhase } from '../story/phase.ts';
import type { ControlParts } from './parts.ts';

/** As after a first start (design 9): the bot's data first, then the reviewer's, then ours. Apps keep their tokens' rule: all must ask again. */
export async function reset(parts: ControlParts, now?: number): Promise<{ reset: true }> {
  const { world, bot, courier, templateSource } = parts;
  await bot.reset(now);
  await forgetReviews(parts.dataDir);
  world.faults.clear();
  courier.reset();
  world.db.transaction(() => {
    for (const table of RESET_TABLES) world.db.run(`DELETE FROM ${table}`);
    world.templates.forget();
    seed(world, templateSource);
  });
  world.clock.reset(now);
  world.settings.setNumber('clockOffsetMs', world.clock.offsetMs);
  // A story begins with a reset to its first day and goes on; any other reset leaves it out.
  if (now === undefined) setStoryPhase(world, 'leftOut');
  world.changes.announce('reset');
  return { reset: true };
}
