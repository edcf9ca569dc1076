import { noteWhereabouts, whereaboutsOf } from '@field/embedded-store';
import type { Logger } from '@field/kit/log';

/** Notes where the data of the embedded store is worked on, and says if that was elsewhere before: two bots on copies of it, with one app, take each other's messages. */
export async function sayIfFromElsewhere(dataDir: string, log: Logger, now: number): Promise<void> {
  const before = await noteWhereabouts(dataDir, whereaboutsOf(dataDir), now);
  if (before === undefined) return;
  const { name: machine, folder, since } = before;
  const remedy = 'End the bot there, if it still runs with the same app.';
  log.warn({ machine, folder, since: new Date(since).toISOString(), remedy }, 'store.fromElsewhere');
}
