import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { PartProcess } from './process.ts';
import type { World } from './world.ts';

/** Another bot at a world's DingTalk and database, with a folder and a log of its own (`second.log`); whoever starts it ends it. */
export async function startSecondBot(world: World, databaseUri: string): Promise<PartProcess> {
  const port = await freePort();
  const dataDir = join(world.dataDir, 'second');
  mkdirSync(dataDir);
  // whoever works on one database has one key
  copyFileSync(join(world.dataDir, 'data.key'), join(dataDir, 'data.key'));
  const base = new URL(world.sandbox.url).origin;
  const second = new PartProcess({
    name: 'The second bot',
    entry: 'dist/src/main.js',
    env: {
      DATA_DIR: dataDir,
      PORT: String(port),
      MONGODB_URI: databaseUri,
      DINGTALK_API_BASE: base,
      DINGTALK_OAPI_BASE: base,
    },
    logFile: join(world.dataDir, 'second.log'),
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  await second.start();
  return second;
}
