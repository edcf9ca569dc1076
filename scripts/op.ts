import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { envFile, environmentWith, readAppConfig, readStoreConfig } from '../src/config/config.ts';
import { runCommandLine } from '../src/operator/command-line.ts';
import { dingTalkOf } from '../src/operator/dingtalk.ts';
import { appOf, examine } from '../src/operator/doctor/doctor.ts';
import { dailyOf, embeddedFolder, photosOf, withStore } from '../src/operator/open-store.ts';
import { everyCommand } from '../src/operator/program.ts';
import { createProgress } from '../src/operator/progress.ts';
import { pipedAsker, terminalAsker } from '../src/operator/setup/asker.ts';

// what it makes is people's data: for its owner only
process.umask(0o077);
/** Where the product lies: this runs as `dist/scripts/op.js`. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const clock = new MovableClock();
runCommandLine(
  process.argv.slice(2),
  {
    ids: systemIds,
    now: () => clock.now(),
    photos: () => photosOf(readStoreConfig()),
    onStore: (work) => withStore(readStoreConfig(), work),
    pause: (ms) => pause(ms),
    daily: () => dailyOf(readStoreConfig()),
    progress: createProgress(process.stderr),
    dataKey: () => readStoreConfig().dataKey,
    storeFolder: () => embeddedFolder(readStoreConfig()),
    programmeFolder: () => readStoreConfig().programmeFolder,
    dingTalk: () => dingTalkOf(readAppConfig()),
    setUp: () => ({
      file: envFile(root),
      asker: () =>
        process.stdin.isTTY
          ? terminalAsker()
          : pipedAsker(process.stdin, (sentence) => process.stderr.write(`${sentence}\n`)),
      configOf: (settings) => readAppConfig(environmentWith(settings)),
      storeOf: (settings) => readStoreConfig(environmentWith(settings)),
      appOf,
      onStore: withStore,
    }),
    commandLine: () => ({ root, usages: everyCommand().map(({ usage }) => usage) }),
    examine: () =>
      examine({
        config: () => readAppConfig(),
        nodeVersion: process.version,
        envFile: envFile(root),
        now: () => clock.machine(),
      }),
  },
  { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) },
).then((exitCode) => {
  process.exitCode = exitCode;
});
