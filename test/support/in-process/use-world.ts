import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { forgetEverything } from '../../../models/database.ts';
import { writeInstallation } from '../../../models/settings.ts';
import { readConfig } from '../../../src/config/config.ts';
import { setUpDemo } from '../../../src/demo-isos.ts';
import { useModels } from '../../models/store.ts';
import { InProcessWorld } from './world.ts';

/** Answers the world of the running test: each has its own, with the demo's ISOs and nothing else. One store serves a file. */
export function useWorld(): () => InProcessWorld {
  const { onDisk } = useModels(undefined);
  let world: InProcessWorld | undefined;
  let dataDir: string | undefined;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'in-process-'));
    const here = 'http://127.0.0.1';
    const config = readConfig({ DATA_DIR: dataDir, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here, DATA_KEY });
    world = new InProcessWorld(config, onDisk);
    await setUpDemo(world.ids);
    await writeInstallation(config);
  });
  afterEach(async () => {
    await world?.close();
    await forgetEverything();
    if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
    world = undefined;
  });

  return () => {
    if (world === undefined) throw new Error('There is a world only while a test runs');
    return world;
  };
}

const DATA_KEY = Buffer.alloc(32, 7).toString('base64');
