import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, database, disconnect } from '../../models/database.ts';
import { changeIndexes, indexChanges } from '../../models/indexes.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { howOften } from '../support/how-often.ts';
import { expectToldOnce, owedReminders, storeOwed } from '../support/owed-reminders.ts';
import { seeded } from '../support/picture-canvas.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';
import { NOW } from '../support/shop-under-review.ts';
import { endOf } from '../support/to-be-killed.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_124);
const KILLS = howOften({ inEachRun: 2, inFull: 40 });
const KILLS_OF_THREE = howOften({ inEachRun: 1, inFull: 40 });
const FAILURES = howOften({ inEachRun: 24, inFull: 1_000 });
const LONGEST_MS = 40;
const MOST_COMMITS = 12;

const remindProcess = resolve('dist/test/support/remind-process.js');
const random = seeded(SEED);
const owed = owedReminders(FAILURES, SEED);

/** Works in the database of `uri` as the product does. */
async function inStore<T>(uri: string, work: () => Promise<T>): Promise<T> {
  useDataKey(Buffer.alloc(32, 7));
  useProgrammes(SHIPPED_PROGRAMMES);
  await connect(uri);
  try {
    return await work();
  } finally {
    await disconnect();
  }
}

async function begin(): Promise<void> {
  await database().dropDatabase();
  await changeIndexes(await indexChanges());
  await storeOwed(owed);
}

interface Killed {
  readonly afterCommits: number;
  readonly afterMs: number;
}

const someMoment = (): Killed => ({
  afterCommits: Math.floor(random() * MOST_COMMITS),
  afterMs: random() * LONGEST_MS,
});

/** Tells of everything, on a store of its own in `dir` or on that of `uri`, and is killed after so many transactions. */
async function remind({ dir = '', uri = '' }, killed?: Killed) {
  const process = spawn(globalThis.process.execPath, [remindProcess, dir, uri, String(NOW)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return await endOf(process, uri, killed && { ...killed, befalls: (it) => void it.kill('SIGKILL') });
}

const WHOLE = { code: 0, signal: null };
const TOLD = 'none lapses without its notices, what is due or was left is told, and nobody has two cards a day';

describe('a process that is killed with its store', () => {
  const dir = mkdtempSync(join(tmpdir(), 'reminders-crash-'));
  const behind = async <T>(work: () => Promise<T>): Promise<T> => {
    const store = await startEmbeddedStore({ dataDir: join(dir, 'store'), port: 0 });
    try {
      return await inStore(store.uri, work);
    } finally {
      await store.close();
    }
  };
  beforeAll(async () => {
    mkdirSync(join(dir, 'store'));
    await behind(begin);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it(`at ${KILLS} moments, of ${FAILURES} failures: ${TOLD} (seed ${SEED})`, async () => {
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { signal } = await remind({ dir }, someMoment());
      if (signal === 'SIGKILL') killed += 1;
    }
    expect(killed).toBe(KILLS);
    expect(await remind({ dir })).toEqual(WHOLE);
    await behind(() => expectToldOnce(owed));
  });
});

describe('three processes at once on one store', () => {
  const dir = mkdtempSync(join(tmpdir(), 'reminders-three-'));
  let store: Awaited<ReturnType<typeof startEmbeddedStore>> | undefined;
  let uri = '';
  beforeAll(async () => {
    const server = process.env.REALDB_URI;
    if (server === undefined) store = await startEmbeddedStore({ dataDir: dir, port: 0 });
    const address = new URL(server ?? store?.uri ?? '');
    if (server !== undefined) address.pathname = `/reminders${process.pid}`;
    uri = address.href;
    await inStore(uri, begin);
  });
  afterAll(async () => {
    await inStore(uri, async () => void (await database().dropDatabase()));
    await store?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it(`all killed at ${KILLS_OF_THREE} moments: ${TOLD}`, async () => {
    for (let kill = 0; kill < KILLS_OF_THREE; kill += 1) {
      const ended = await Promise.all([1, 2, 3].map(() => remind({ uri }, someMoment())));
      expect(ended.some(({ signal }) => signal === 'SIGKILL')).toBe(true);
    }
    expect(await Promise.all([1, 2, 3].map(() => remind({ uri })))).toEqual([WHOLE, WHOLE, WHOLE]);
    await inStore(uri, () => expectToldOnce(owed));
  });
});
