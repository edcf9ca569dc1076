import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeInstallation } from '../../../models/settings.ts';
import type { RunningServer } from '../../../packages/embedded-store/src/server.ts';
import { readConfig } from '../../../src/config/config.ts';
import { setUpDemo } from '../../../src/demo-isos.ts';
import { InProcessWorld } from './world.ts';

const DATA_KEY = Buffer.alloc(32, 7).toString('base64');

/** A world in this process, on the store that the models are connected to; `close` it. */
export interface OpenWorld {
  readonly world: InProcessWorld;
  /** Where its files lie, until it is closed. */
  readonly dataDir: string;
  close(): Promise<void>;
}

/** With the demo's ISOs and nothing else; `env` are settings beside its own. */
export async function openWorld(
  onDisk: RunningServer['onDisk'],
  env: Readonly<Record<string, string>> = {},
): Promise<OpenWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'in-process-'));
  const here = 'http://127.0.0.1';
  const config = readConfig({ DATA_DIR: dataDir, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here, DATA_KEY, ...env });
  const world = new InProcessWorld(config, onDisk);
  await setUpDemo(world.ids);
  if (await writeInstallation(config)) world.nothingBefore();
  await world.look();
  return {
    world,
    dataDir,
    async close() {
      await world.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
