import { forgetReviews } from '../../reviewer/review-day.ts';
import { seed } from '../demo-people.ts';
import { RESET_TABLES } from '../store/database.ts';
import type { ControlParts } from './parts.ts';

/** As after a first start (design 9): the bot's data first, then the reviewer's, then ours. Apps keep their tokens' rule: all must ask again. */
export async function reset(parts: ControlParts): Promise<{ reset: true }> {
  const { world, bot, courier, templateSource } = parts;
  await bot.reset();
  await forgetReviews(parts.dataDir);
  world.faults.clear();
  courier.reset();
  world.db.transaction(() => {
    for (const table of RESET_TABLES) world.db.run(`DELETE FROM ${table}`);
    world.templates.forget();
    seed(world, templateSource);
  });
  world.clock.reset();
  world.settings.setNumber('clockOffsetMs', 0);
  world.changes.announce('reset');
  return { reset: true };
}
