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
import { folder, sandboxAndBots, storeApart, TELLING, topologyOf } from './topology-parts.ts';
import { WrongClock } from './wrong-clock.ts';

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
    const disks = SmallDisk.at({ bot: folder(dir, 'bot') });
    const { sandbox, bots, clocks, sandboxDir, api } = await sandboxAndBots(dir, ['bot'], {});
    const [bot] = bots;
    if (bot === undefined) throw new Error('one bot');
    const storeUri = (): string => readFileSync(join(bot.dir, 'mongo.uri'), 'utf8').trim();
    const parts = [sandbox, bot.part];
    const targets = [sandbox];
    return topologyOf({ name: 'own', api, parts, bots, clocks, sandboxDir, storeUri, disks, targets, dir });
  },

  apart: async (dir) => {
    const disks = SmallDisk.at({ store: folder(dir, 'store'), bot: folder(dir, 'bot') });
    const { store, uri } = await storeApart(dir);
    const { sandbox, bots, clocks, sandboxDir, api } = await sandboxAndBots(dir, ['bot'], { MONGODB_URI: uri });
    const parts = [store, sandbox, ...bots.map(({ part }) => part)];
    const targets = [store, sandbox];
    const storeUri = (): string => uri;
    return topologyOf({ name: 'apart', api, parts, bots, clocks, sandboxDir, storeUri, disks, targets, dir });
  },

  demo: async (dir) => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const dataDir = folder(dir, 'data');
    // the local DingTalk writes on it too: while it is full, people can neither send nor tap
    const disks = SmallDisk.at({ 'npm start': dataDir });
    const clock = new WrongClock(dir, 'bot');
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
        ...TELLING,
        ...clock.env,
      },
      logFile: join(dir, 'start.log'),
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
    const bot = new ChildPart('bot', () => start.pid, 'dist/src/main.js');
    const bots = [{ part: bot, dir: dataDir, pid: () => bot.pid }];
    const storeUri = (): string => readFileSync(join(dataDir, 'mongo.uri'), 'utf8').trim();
    const parts = [start];
    const targets = [start];
    const made = { name: 'demo', api, parts, bots, clocks: [clock], sandboxDir: dataDir, storeUri } as const;
    return topologyOf({ ...made, disks, targets, dir });
  },

  two: async (dir) => {
    const folders = { bot: folder(dir, 'bot'), 'bot 2': folder(dir, 'bot-2') };
    const disks = SmallDisk.at({ ...folders, MongoDB: folder(dir, 'real') });
    const real = await RealStore.start(folder(dir, 'real'));
    const apart = real === undefined ? await storeApart(dir) : undefined;
    const uri = real?.uri ?? apart?.uri ?? '';
    const names = ['bot', 'bot 2'];
    const { sandbox, bots, clocks, sandboxDir, api } = await sandboxAndBots(dir, names, { MONGODB_URI: uri });
    const parts = [...(apart === undefined ? [] : [apart.store]), sandbox, ...bots.map(({ part }) => part)];
    const targets = [...(apart === undefined ? [] : [apart.store]), ...(real?.canBeStruck ? [real] : []), sandbox];
    const remarks =
      real === undefined ? ['two: no MongoDB server was named (REALDB_URI, REALDB): the embedded store'] : [];
    const storeUri = (): string => uri;
    const made = { name: 'two', api, parts, bots, clocks, sandboxDir, storeUri, disks, targets, dir, remarks } as const;
    const roomAgain = async (): Promise<void> => await real?.startsAgain();
    return topologyOf({ ...made, roomAgain, closes: async () => await real?.close() });
  },
};
