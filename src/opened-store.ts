import { startEmbeddedStore } from '@field/embedded-store';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { prepareStore } from '../migrations/prepare-store.ts';
import { connect, disconnect } from '../models/database.ts';
import { assertKeyFits } from '../models/people.ts';
import { useDataKey } from '../models/sealing.ts';
import { takeOver } from './bot/take-over.ts';
import type { Config } from './config/config.ts';
import { createKeptData, type KeptData } from './wiring/kept-data.ts';

/** The database that the bot works on, connected, of this release's shape, and readable with its key. */
export interface OpenedStore {
  /** It is the embedded one, which this process has opened: nobody else can work on it. */
  readonly alone: boolean;
  readonly kept: KeptData;
  /** Each part by its name, in the order in which they end. */
  readonly parts: readonly (readonly [string, () => Promise<void> | undefined])[];
}

/** Opens the database that is set, or the embedded one of the data folder. Errors: those of `connect` and `prepareStore`. */
export async function openStore(config: Config, log: Logger): Promise<OpenedStore> {
  useDataKey(config.dataKey);
  const kept = createKeptData(log);
  const store =
    config.mongodbUri === undefined
      ? await startEmbeddedStore({ dataDir: config.dataDir, port: 0, examined: kept.examined })
      : undefined;
  const alone = store !== undefined;
  await connect(config.mongodbUri ?? store?.uri ?? '');
  await prepareStore({ clock: new MovableClock(), ids: systemIds, log, alone });
  await assertKeyFits();
  if (alone) await takeOver();
  return {
    alone,
    kept,
    parts: [
      ['models', () => disconnect()],
      ['store', () => store?.close()],
    ],
  };
}
