import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freePort } from '../world/free-port.ts';
import { SandboxApi } from '../world/sandbox-api.ts';
import { ChildPart } from './child-part.ts';
import { KeptPart } from './kept-part.ts';
import { allGoOn } from './signals.ts';
import type { SmallDisk } from './small-disk.ts';
import type { Target } from './target.ts';
import type { Topology, TopologyName } from './topology.ts';
import { WrongClock } from './wrong-clock.ts';

const SANDBOX = 'packages/demo/dist/sandbox.js';
const BOT = 'dist/src/main.js';

/** A bot says each call that it makes: what waited for what is asked of its log. That of the demo lies in its data folder. */
export const TELLING = { LOG_LEVEL: 'debug' } as const;

/** A bot, with its folder and its process. */
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
  readonly disks: readonly SmallDisk[];
  readonly clocks: readonly WrongClock[];
  readonly targets: readonly Target[];
  readonly dir: string;
  readonly remarks?: readonly string[];
  readonly roomAgain?: () => Promise<void>;
  readonly closes?: () => Promise<void>;
}

/** Put together, with the processes in which photos are checked. */
export function topologyOf({ api, bots, targets, remarks = [], closes, dir, ...made }: Made): Topology {
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
    roomAgain: async () => await made.roomAgain?.(),
    allUp: async () => {
      for (const part of made.parts) await part.ready();
    },
    close: async (keepIn) => {
      allGoOn();
      for (const disk of made.disks) disk.empties();
      for (const part of [...made.parts].reverse()) await part.close();
      await closes?.();
      if (keepIn !== undefined) cpSync(dir, keepIn, { recursive: true, filter: isWorthKeeping });
      for (const disk of made.disks) disk.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Photos are known by their hashes, and would be most of it; of a MongoDB server the rows are kept apart. */
function isWorthKeeping(path: string): boolean {
  return !['photos', 'real'].includes(basename(path));
}

/** The sandbox in a folder of its own, which has the first bot's hand-over folders in it; every bot with the same key. */
export async function sandboxAndBots(dir: string, names: readonly string[], env: Readonly<Record<string, string>>) {
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
  const key = randomBytes(32).toString('base64');
  const clocks = names.map((name) => new WrongClock(dir, name.replace(' ', '-')));
  const bots = names.map((name, index) => {
    const botDir = folder(dir, name.replace(' ', '-'));
    const bases = { DINGTALK_API_BASE: api.url, DINGTALK_OAPI_BASE: api.url };
    writeFileSync(join(botDir, 'data.key'), key, { mode: 0o600 });
    const place = { DATA_DIR: botDir, PORT: `${ports[index]}`, ...clocks[index]?.env };
    const part = new KeptPart({
      name,
      entry: BOT,
      env: { ...place, ...bases, ...env, ...TELLING, DINGTALK_CALLS_A_MONTH: '1000000' },
      logFile: join(dir, `${name.replace(' ', '-')}.log`),
      readyUrl: `http://127.0.0.1:${ports[index]}/readyz`,
    });
    return { part, dir: botDir, pid: () => part.pid };
  });
  return { sandbox, bots, clocks, sandboxDir, api };
}

/** The embedded store as a process of its own, with its address. */
export async function storeApart(dir: string): Promise<{ store: KeptPart; uri: string }> {
  const port = await freePort();
  const dataDir = folder(dir, 'store');
  const store = new KeptPart({
    name: 'store',
    entry: 'dist/scripts/mongo.js',
    args: ['--port', `${port}`, '--data', dataDir],
    env: {},
    logFile: join(dir, 'store.log'),
    readyWords: 'embedded store on',
  });
  return { store, uri: `mongodb://127.0.0.1:${port}/app?replicaSet=rs0&directConnection=true` };
}

/** A folder in this one, made if it is not there. */
export function folder(dir: string, name: string): string {
  const path = join(dir, name);
  if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
