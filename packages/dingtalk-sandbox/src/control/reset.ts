import { RESET_TABLES } from '../store/database.ts';
import { plant } from '../world/plant.ts';
import type { SandboxExtension } from './extension.ts';
import type { ControlParts } from './parts.ts';

const AT_REST_WITHIN_MS = 20_000;

/**
 * As after a first start (architecture 9): the bot's data first, then the extension's, then ours. Apps keep their tokens' rule: all must
 * ask again. What the bot uploads while it begins afresh is of its new life, and stays; what it asks is counted from there on.
 */
export async function reset(parts: ControlParts, extension: SandboxExtension, now?: number): Promise<{ reset: true }> {
  const { world, bot, courier, templateSource } = parts;
  // what it is still at is of its earlier life
  await bot.idle(AT_REST_WITHIN_MS);
  const before = world.files.newestMedia();
  world.db.run('DELETE FROM counters');
  world.traffic.clear();
  await bot.reset(now);
  await extension.beforeReset?.(now);
  world.faults.clear();
  world.authCodes.forget();
  world.cookieJars.forget();
  world.warnings.clear();
  courier.reset();
  world.db.transaction(() => {
    for (const table of RESET_TABLES) world.db.run(`DELETE FROM ${table}`);
    world.files.forgetMedia(
      before,
      world.quickEntries.of(world.seed.app.clientId).map(({ icon }) => icon),
    );
    world.templates.forget();
    plant(world, templateSource);
  });
  world.clock.reset(now);
  world.settings.setNumber('clockOffsetMs', world.clock.offsetMs);
  world.changes.announce('reset');
  return { reset: true };
}
