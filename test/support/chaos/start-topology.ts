import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../world/free-port.ts';
import { SandboxApi } from '../world/sandbox-api.ts';
import { ChildPart } from './child-part.ts';
import { KeptPart } from './kept-part.ts';
import { RealStore } from './real-store.ts';
import { SmallDisk } from './small-disk.ts';
import type { Topology, TopologyName } from './topology.ts';
import { folder, sandboxAndBots, storeApart, topologyOf } from './topology-parts.ts';

/** Starts it; resolves when every part is ready. */
export async function startTopology(name: TopologyName): Promise<Topology> {
  const dir = mkdtempSync(join(tmpdir(), `chaos-${name}-`));
  const topology = await TOPOLOGY[name](dir);
  try {
    for (const part of topology.parts) await part.start();
    return topology;
  } catch (error) {
    await topology.close();
    throw error;
  }
}

const TOPOLOGY: Readonly<Record<TopologyName, (dir: string) => Promise<Topology>>> = {
  own: async (dir) => {
    const disk = SmallDisk.at(folder(dir, 'bot'));
    const { sandbox, bots, sandboxDir, api } = await sandboxAndBots(dir, ['bot'], {});
    const [bot] = bots;
    if (bot === undefined) throw new Error('one bot');
    const storeUri = (): string => readFileSync(join(bot.dir, 'mongo.uri'), 'utf8').trim();
    const parts = [sandbox, bot.part];
    return topologyOf({ name: 'own', api, parts, bots, sandboxDir, storeUri, disk, targets: [sandbox], dir });
  },

  apart: async (dir) => {
    const disk = SmallDisk.at(folder(dir, 'store'));
    const { store, uri } = await storeApart(dir);
    const { sandbox, bots, sandboxDir, api } = await sandboxAndBots(dir, ['bot'], { MONGODB_URI: uri });
    const parts = [store, sandbox, ...bots.map(({ part }) => part)];
    const targets = [store, sandbox];
    return topologyOf({ name: 'apart', api, parts, bots, sandboxDir, storeUri: () => uri, disk, targets, dir });
  },

  demo: async (dir) => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const dataDir = folder(dir, 'data');
    const api = new SandboxApi(`http://127.0.0.1:${sandboxPort}`);
    const start = new KeptPart({
      name: 'npm start',
      entry: 'scripts/start.mjs',
      env: {
        DEMO: 'none',
        DATA_DIR: dataDir,
        PORT: `${port}`,
        SANDBOX_PORT: `${sandboxPort}`,
        DINGTALK_CALLS_A_MONTH: '1000000',
      },
      logFile: join(dir, 'start.log'),
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
    const bot = new ChildPart('bot', () => start.pid, 'dist/src/main.js');
    const bots = [{ part: bot, dir: dataDir, pid: () => bot.pid }];
    const storeUri = (): string => readFileSync(join(dataDir, 'mongo.uri'), 'utf8').trim();
    const parts = [start];
    const disk = undefined;
    const targets = [start];
    const remarks = ['demo: sandbox and bot have one folder, so its disk is not filled'];
    return topologyOf({ name: 'demo', api, parts, bots, sandboxDir: dataDir, storeUri, disk, targets, dir, remarks });
  },

  two: async (dir) => {
    const real = await RealStore.start(folder(dir, 'real'));
    const apart = real === undefined ? await storeApart(dir) : undefined;
    const uri = real?.uri ?? apart?.uri ?? '';
    const { sandbox, bots, sandboxDir, api } = await sandboxAndBots(dir, ['bot', 'bot 2'], { MONGODB_URI: uri });
    const parts = [...(apart === undefined ? [] : [apart.store]), sandbox, ...bots.map(({ part }) => part)];
    const targets = [...(apart === undefined ? [] : [apart.store]), ...(real?.canBeStruck ? [real] : []), sandbox];
    const remarks =
      real === undefined ? ['two: no MongoDB server was named (REALDB_URI, REALDB): the embedded store'] : [];
    const storeUri = (): string => uri;
    const made = {
      name: 'two',
      api,
      parts,
      bots,
      sandboxDir,
      storeUri,
      disk: undefined,
      targets,
      dir,
      remarks,
    } as const;
    return topologyOf({ ...made, closes: async () => await real?.close() });
  },
};
