import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../migrations/list.ts';
import { connect, database, disconnect } from '../../models/database.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { olderPhoto, type PhotoRow, storeOlderPhotos } from '../migrations/version-0.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_126);
const PHOTOS = howOften({ inEachRun: 4_000, inFull: 10_000 });
const KILLS = howOften({ inEachRun: 2, inFull: 4 });
/** After a process has noted how far it is, at the latest. */
const LONGEST_MS = 20;

/**
 * The product's own preparation of a store, opened in a folder or reached at an address; says whenever it notes how far it is. One
 * that is alone takes what a killed one held at once; elsewhere its lease has to run out.
 */
const STARTER = `
  import { startEmbeddedStore } from '@field/embedded-store';
  import { MovableClock } from '@field/kit/clock';
  import { systemIds as ids } from '@field/kit/ids';
  import { MIGRATIONS } from './migrations/list.js';
  import { prepareStore } from './migrations/prepare-store.js';
  import { connect, disconnect } from './models/database.js';
  import './models/digests.js';
  import './models/photos.js';
  const [dir, uri, alone] = process.argv.slice(2);
  const store = uri === '' ? await startEmbeddedStore({ dataDir: dir, port: 0 }) : undefined;
  await connect(store?.uri ?? uri);
  const log = { info: (fields, event) => process.stdout.write(JSON.stringify({ event, ...fields }) + '\\n') };
  const migrations = MIGRATIONS.map((migration) => {
    const up = (run) => {
      const reached = async (place) => {
        await run.reached(place);
        log.info({}, 'reached');
      };
      return migration.up({ ...run, reached });
    };
    return { ...migration, up };
  });
  await prepareStore({ clock: new MovableClock(), ids, log, alone: alone === 'alone', migrations });
  await disconnect();
  await store?.close();
`;
const starter = resolve('dist', `starter-${process.pid}.js`);
beforeAll(() => writeFileSync(starter, STARTER));
afterAll(() => rmSync(starter, { force: true }));

interface Line {
  readonly event: string;
  readonly id?: number;
  readonly resumed?: boolean;
}

/** A process that prepares the store; killed so long after it has first noted how far it is, if at all. */
async function prepare(
  args: readonly [dir: string, uri: string] | readonly [dir: string, uri: string, alone: 'alone'],
  killAfterMs?: number,
): Promise<{ code: number | null; lines: Line[] }> {
  const child = spawn(process.execPath, [starter, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => {
    const isFirst = !out.includes('reached');
    out += String(part);
    if (isFirst && killAfterMs !== undefined && out.includes('reached')) {
      setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    }
  });
  const [code] = await once(child, 'close');
  return { code, lines: out.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Line] : [])) };
}

const names = Array.from({ length: PHOTOS }, (_, n) => `photo${String(n).padStart(5, '0')}`);

/** This test's own look at a store. */
async function at<T>(uri: string, work: () => Promise<T>): Promise<T> {
  await connect(uri);
  try {
    return await work();
  } finally {
    await disconnect();
  }
}

/** Every photo is marked, and every migration was run to its end once. */
async function expectMigrated(): Promise<void> {
  expect(await database().collection<PhotoRow>('photos').countDocuments({ deployed: true })).toBe(PHOTOS);
  const version = await database().collection('storeversion').findOne({});
  expect(version).toMatchObject({ writtenBy: MIGRATIONS.length });
  expect(version?.done.map(({ id }: { id: number }) => id)).toEqual(MIGRATIONS.map(({ id }) => id));
}

const realDb = process.env.REALDB_URI;
const SERVERS = [['an embedded store', ''], ...(realDb ? ([['a MongoDB server', realDb]] as const) : [])] as const;

describe.each(SERVERS)('processes that migrate on %s', (_, server) => {
  const { folder, remove } = newFolder();
  let embedded: Awaited<ReturnType<typeof startEmbeddedStore>> | undefined;
  afterAll(async () => {
    await embedded?.close();
    remove();
  });
  const databaseOn = (uri: string): string => {
    const address = new URL(uri);
    address.pathname = `/migrating_${randomUUID().slice(0, 8)}`;
    return address.href;
  };

  it('two start at once: each migration is run by one of them, and both go on', async () => {
    if (server === '') embedded = await startEmbeddedStore({ dataDir: folder, port: 0 });
    const uri = databaseOn(embedded?.uri ?? server);
    await at(uri, () => storeOlderPhotos(names.map((name) => olderPhoto(name))));
    const both = await Promise.all([prepare(['', uri]), prepare(['', uri])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const begun = both.flatMap(({ lines }) => lines).filter(({ event }) => event === 'store.migrating');
    expect(begun.map(({ id }) => id)).toEqual(MIGRATIONS.map(({ id }) => id));
    await at(uri, async () => {
      await expectMigrated();
      await database().dropDatabase();
    });
  });

  it(`is killed again and again (seed ${SEED}): the next start goes on where it was`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'migrating-'));
    const uri = server === '' ? '' : databaseOn(server);
    /** The store while no process has it. */
    const alone = async (work: () => Promise<void>): Promise<void> => {
      const store = uri === '' ? await startEmbeddedStore({ dataDir: dir, port: 0 }) : undefined;
      await at(store?.uri ?? uri, work);
      await store?.close();
    };
    await alone(() => storeOlderPhotos(names.map((name) => olderPhoto(name))));
    const random = seeded(SEED);
    const resumed: (boolean | undefined)[] = [];
    for (let start = 0; start <= KILLS; start++) {
      const { code, lines } = await prepare([dir, uri, 'alone'], start < KILLS ? random() * LONGEST_MS : undefined);
      expect(code).toBe(start < KILLS ? null : 0);
      resumed.push(lines.find(({ event }) => event === 'store.migrating')?.resumed);
    }
    expect(resumed).toEqual([false, ...Array(KILLS).fill(true)]);
    await alone(async () => {
      await expectMigrated();
      await database().dropDatabase();
    });
    rmSync(dir, { recursive: true, force: true });
  });
});
