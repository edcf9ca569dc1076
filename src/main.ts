import { createLog } from '@field/kit/log';
import { exitCodeOf, problemOf } from '@field/kit/startup';
import { startBot } from './bot.ts';
import { goByUtc, readConfig } from './config/config.ts';
import { eachMinute } from './wiring/each-minute.ts';

/** A supervisor ends by force what has not ended ten seconds after it was asked (Docker), and says nothing of why. */
const LONGEST_ENDING_MS = 8_000;

/**
 * The bot's process: starts everything, ends it on SIGTERM, SIGINT, or when the sandbox that started it is gone. A start that fails is
 * said on stderr; it exits with 78 when it can never work as it is set up, else with 1. What has not ended after eight seconds, as
 * where a store does not answer, is left to the next process: it exits with 1.
 */
async function main(): Promise<void> {
  // whatever is written here is people's data: for its owner only (architecture 12)
  process.umask(0o077);
  goByUtc();
  const config = readConfig();
  const log = createLog({ level: config.logLevel, now: () => performance.now() });
  const bot = await startBot(config, log);
  // the demo that started it starts it again at once from now on, if somebody kills it
  process.send?.('ready', undefined, undefined, () => undefined);
  const waker = eachMinute(() => bot.runDue(), log);

  let ending: Promise<void> | undefined;
  const end = (why: string): void => {
    if (ending !== undefined) return;
    log.info({ why }, 'bot.ending');
    let part = 'jobs';
    setTimeout(() => {
      log.error({ afterMs: LONGEST_ENDING_MS, part }, 'bot.endedUnfinished');
      process.exit(1);
    }, LONGEST_ENDING_MS);
    ending = waker
      .stop()
      .then(() =>
        bot.close((begun) => {
          part = begun;
        }),
      )
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'bot.endedBadly');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('disconnect', () => end('the sandbox is gone'));
  // Node writes these past the log
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, 'bot.warning'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'bot.uncaught');
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'bot.unhandledRejection'));
}

main().catch((error: unknown) => {
  console.error(problemOf(error));
  process.exit(exitCodeOf(error));
});
