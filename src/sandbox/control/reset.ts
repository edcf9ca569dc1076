import { seed } from '../demo-people.ts';
import type { Courier } from '../push/courier.ts';
import { RESET_TABLES } from '../store/database.ts';
import type { World } from '../world.ts';
import type { BotControl } from './bot.ts';

/** As after a first start (design 9): the bot's data first, then ours. Apps keep their tokens' rule: all must ask again. */
export async function reset(
  world: World,
  bot: BotControl,
  courier: Courier,
  templateSource: string,
): Promise<{ reset: true }> {
  await bot.reset();
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
