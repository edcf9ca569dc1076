import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../world/free-port.ts';
import { SandboxApi } from '../world/sandbox-api.ts';
import { ChildPart } from './child-part.ts';
import { KeptPart } from './kept-part.ts';
import { RealStore } from './real-store.ts';
import { SmallDisk } from './small-disk.ts';
import type { Target } from './target.ts';

export const TOPOLOGIES = ['own', 'apart', 'demo', 'two'] as const;
/** The bot owns its store; the store is a process of its own; `npm start`; two bots on one MongoDB. */
export type TopologyName = (typeof TOPOLOGIES)[number];

/** The product as it can be set up, with everything of it that can be struck. */
export interface Topology {
  readonly name: TopologyName;
  readonly sandbox: SandboxApi;
  /** Where the bots' folders are: hand-over files and the key of the data. */
  readonly botDirs: readonly string[];
  readonly sandboxDir: string;
  readonly storeUri: () => string;
  /** What faults are done to; the bots come first. */
  readonly targets: readonly Target[];
  /** The bots that take people's taps. */
  readonly bots: readonly Target[];
  readonly parts: readonly KeptPart[];
  /** Where what must be saved is written, if it can be made full. */
  readonly disk: SmallDisk | undefined;
  /** Moves the calendar under everybody: a second bot reads it when it starts. */
  moves(ms: number): Promise<void>;
  /** Brings the second bot, where there is one, to the time that the first one was moved to. */
  timesAgree(): Promise<void>;
  /** What differs from what was asked for, in a sentence. */
  readonly remarks: readonly string[];
  close(): Promise<void>;
}

const SANDBOX = 'packages/demo/dist/sandbox.js';
const BOT = 'dist/src/main.js';

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
      env: { DEMO: 'none', DATA_DIR: dataDir, PORT: `${port}`, SANDBOX_PORT: `${sandboxPort}` },
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

interface BotPart {
  readonly part: Target;
  readonly dir: string;
  readonly pid: () => number | undefined;
}

interface Made {
  readonly name: TopologyName;
  readonly api: SandboxApi;
  readonly parts: readonly KeptPart[];
  readonly bots: readonly BotPart[];
  readonly sandboxDir: string;
  readonly storeUri: () => string;
  readonly disk: SmallDisk | undefined;
  readonly targets: readonly Target[];
  readonly dir: string;
  readonly remarks?: readonly string[];
  readonly closes?: () => Promise<void>;
}

function topologyOf({ api, bots, targets, remarks = [], closes, dir, ...made }: Made): Topology {
  const [, second] = bots.map(({ part }) => made.parts.find((one) => one === part));
  const timesAgree = async (): Promise<void> => {
    await second?.ends('SIGTERM', 0);
    await second?.ready();
  };
  const checkers = bots.map(({ part, pid }) => new ChildPart(`${part.name}'s photos`, pid, 'photo-child'));
  return {
    ...made,
    sandbox: api,
    botDirs: bots.map((bot) => bot.dir),
    bots: bots.map(({ part }) => part),
    targets: [...bots.map(({ part }) => part), ...targets, ...checkers],
    remarks,
    moves: async (ms) => {
      await api.advance(ms);
      await timesAgree();
    },
    timesAgree,
    close: async () => {
      for (const part of [...made.parts].reverse()) await part.close();
      await closes?.();
      made.disk?.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The sandbox in a folder of its own, which has the first bot's hand-over folders in it; every bot with the same key. */
async function sandboxAndBots(dir: string, names: readonly string[], env: Readonly<Record<string, string>>) {
  const sandboxDir = folder(dir, 'sandbox');
  const [first = ''] = names.map((name) => folder(dir, name.replace(' ', '-')));
  for (const shared of ['outgoing', 'incoming']) symlinkSync(folder(first, shared), join(sandboxDir, shared));
  const ports: number[] = [];
  for (const _ of names) ports.push(await freePort());
  const sandboxPort = await freePort();
  const api = new SandboxApi(`http://127.0.0.1:${sandboxPort}`);
  const sandbox = new KeptPart({
    name: 'sandbox',
    entry: SANDBOX,
    env: { DATA_DIR: sandboxDir, SANDBOX_PORT: `${sandboxPort}`, PORT: `${ports[0]}` },
    logFile: join(dir, 'sandbox.log'),
    readyUrl: `${api.url}/sandbox/api/clock`,
  });
  const key = names.length > 1 ? { DATA_KEY: Buffer.alloc(32, 7).toString('base64') } : {};
  const bots = names.map((name, index) => {
    const botDir = folder(dir, name.replace(' ', '-'));
    const bases = { DINGTALK_API_BASE: api.url, DINGTALK_OAPI_BASE: api.url };
    const part = new KeptPart({
      name,
      entry: BOT,
      env: { DATA_DIR: botDir, PORT: `${ports[index]}`, ...bases, ...env, ...key },
      logFile: join(dir, `${name.replace(' ', '-')}.log`),
      readyUrl: `http://127.0.0.1:${ports[index]}/readyz`,
    });
    return { part, dir: botDir, pid: () => part.pid };
  });
  return { sandbox, bots, sandboxDir, api };
}

async function storeApart(dir: string): Promise<{ store: KeptPart; uri: string }> {
  const port = await freePort();
  const dataDir = folder(dir, 'store');
  const store = new KeptPart({
    name: 'store',
    entry: 'dist/scripts/mongo.js',
    args: ['--port', `${port}`, '--data', dataDir],
    env: {},
    logFile: join(dir, 'store.log'),
  });
  return { store, uri: `mongodb://127.0.0.1:${port}/app?replicaSet=rs0&directConnection=true` };
}

function folder(dir: string, name: string): string {
  const path = join(dir, name);
  if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
