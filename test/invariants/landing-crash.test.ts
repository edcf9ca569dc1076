import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditByFile } from '../../models/audit.ts';
import { connect, disconnect } from '../../models/database.ts';
import { changeIndexes, indexChanges } from '../../models/indexes.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { inTransaction } from '../../models/transaction.ts';
import { LANDING_KINDS } from '../../src/daily/incoming/kinds.ts';
import {
  addIsoIn,
  approves,
  csv,
  LANDED_AT,
  type ReviewCells,
  rejects,
  submitSpots,
} from '../daily/landing-harness.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';
import { endOf } from '../support/to-be-killed.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_123);
const ROWS = howOften({ inEachRun: 4_000, inFull: 72_000 });
const KILLS = howOften({ inEachRun: 2, inFull: 40 });
const FULL_DISKS = howOften({ inEachRun: 1, inFull: 3 });
/** What the system says to a write of more is what it says of a full disk. */
const ROOM_BYTES = 1_024;
const MAY_LIMIT = spawnSync('prlimit', ['--version']).status === 0;
const WHY_NOT = MAY_LIMIT ? '' : ' (without full disks: util-linux’ prlimit is not here to limit a running process)';
/** What befalls a landing comes after so many of its batches at most, and so long after that: before the next one is through. */
const MOST_BATCHES = Math.floor((ROWS / LANDING_KINDS.review.rowsAtOnce - 1) / (KILLS + FULL_DISKS));
const LONGEST_MS = 60;
const REVIEW = 'review_20260503_001.csv';
const SMALL = 'review_20260503_002.csv';

const landingProcess = resolve('dist/test/support/landing-process.js');

/** Every fifth fails, every fiftieth of a reason that nobody knows; some are nobody's, and two contradict what was said. */
const rows: ReviewCells[] = Array.from({ length: ROWS }, (_, n) => {
  if (n % 40 === 39) return approves(`nobody${n}`);
  if (n % 500 === 1) return approves(`spot${n - 1}`, { sourceRowKey: `again${n}` });
  return n % 5 === 0
    ? rejects(`spot${n}`, n % 50 === 0 ? { reasonCodes: 'MOON_IN_PICTURE' } : {})
    : approves(`spot${n}`);
});
const outcomeOf = (n: number): string => (n % 40 === 39 ? 'unmatched' : n % 500 === 1 ? 'conflict' : 'applied');
/** That of the second file among them. */
const APPLIED = rows.filter((_, n) => outcomeOf(n) === 'applied').length + 1;

const realDb = process.env.REALDB_URI;
const STORES = [['the embedded store', ''], ...(realDb ? ([['a MongoDB server', realDb]] as const) : [])] as const;

describe.each(STORES)('landing on %s', (_, server) => {
  const dir = mkdtempSync(join(tmpdir(), 'landing-crash-'));
  const incoming = join(dir, 'incoming');
  const uri = server === '' ? '' : databaseOn(server);

  /** This test's own models on the store, while no landing process has it. */
  async function behind<T>(work: () => Promise<T>): Promise<T> {
    useDataKey(Buffer.alloc(32, 7));
    useProgrammes(SHIPPED_PROGRAMMES);
    const store = uri === '' ? await startEmbeddedStore({ dataDir: join(dir, 'store'), port: 0 }) : undefined;
    await connect(store?.uri ?? uri);
    await changeIndexes(await indexChanges());
    try {
      return await work();
    } finally {
      await disconnect();
      await store?.close();
    }
  }

  beforeAll(async () => {
    mkdirSync(incoming);
    mkdirSync(join(dir, 'store'));
    await behind(async () => {
      await addIsoIn('Asia/Bangkok');
      await inTransaction(async (tx) => {
        for (const [userId, role] of [
          ['nok', 'STAFF'],
          ['ploy', 'ADMIN'],
        ] as const) {
          await meetPerson(userId, userId, tx);
          await changePerson(userId, { state: 'ACTIVE', isoId: 'iso', role, language: 'en' }, tx);
        }
      });
      await submitSpots(Array.from({ length: ROWS }, (_, n) => `spot${n}`));
    });
    writeFileSync(join(incoming, REVIEW), csv(rows));
    writeFileSync(join(incoming, SMALL), csv([approves('spot1', { sourceRowKey: 'small' })]));
  });
  afterAll(async () => {
    if (uri !== '') await behind(async () => mongoose.connection.db?.dropDatabase());
    rmSync(dir, { recursive: true, force: true });
  });

  /** Lands, and has this happen to it somewhere on its way. */
  async function land(befalls?: (process: ChildProcess) => void, random = () => 0) {
    const [afterBatches, afterMs] = [Math.floor(random() * (MOST_BATCHES + 1)), random() * LONGEST_MS];
    const process = spawn(globalThis.process.execPath, [landingProcess, dir, uri, String(LANDED_AT)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return await endOf(process, uri, befalls && { afterCommits: afterBatches, afterMs, befalls });
  }

  const isKilled = (process: ChildProcess): void => void process.kill('SIGKILL');
  const hasNoRoom = ({ pid }: ChildProcess): void =>
    void spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${ROOM_BYTES}`]);

  it(`out of room on the disk at ${FULL_DISKS} moments and killed at ${KILLS}, loses no row, lands none twice and sends no card twice (seed ${SEED})${WHY_NOT}`, async () => {
    const [random, whenFull] = [seeded(SEED), seeded(SEED + 1)];
    let full = 0;
    for (let nth = 0; MAY_LIMIT && nth < FULL_DISKS; nth += 1) {
      expect((await land(hasNoRoom, nth === 0 ? undefined : whenFull)).signal).toBeNull();
      if (readdirSync(incoming).includes(REVIEW)) full += 1;
    }
    expect(full > 0).toBe(MAY_LIMIT);
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { code, signal } = await land(isKilled, random);
      expect([0, null]).toContain(code);
      if (signal === 'SIGKILL') killed += 1;
    }
    expect(killed).toBe(KILLS);
    expect((await land()).code).toBe(0);
    expect(readdirSync(incoming).sort()).toEqual(['done']);
    const [header, ...lines] = readFileSync(join(incoming, 'done', REVIEW.replace('.csv', '.result.csv')), 'utf8')
      .split('\r\n')
      .slice(0, -1);
    expect(header).toBe('line,sourceRowKey,outcome,reason');
    expect(lines.map((line) => line.split(',').slice(0, 3).join())).toEqual(
      rows.map(({ sourceRowKey }, n) => `${n + 2},${sourceRowKey},${outcomeOf(n)}`),
    );
    const count = (collection: string, filter: object = {}): Promise<number> =>
      mongoose.connection.collection(collection).countDocuments(filter);
    await behind(async () => {
      const noted = [...(await auditByFile(REVIEW, 2 * ROWS)), ...(await auditByFile(SMALL, ROWS))];
      expect(noted.filter(({ what }) => what === 'item.judged')).toHaveLength(APPLIED);
      expect(new Set(noted.map(({ subject }) => subject.id)).size).toBe(APPLIED);
      expect(await count('items', { state: 'PENDING' })).toBe(ROWS - APPLIED);
      expect(await count('incomingfiles', { state: 'APPLIED' })).toBe(2);
      expect(await count('incomingresults')).toBe(0);
      expect(await count('dayresults', { pending: true })).toBe(0);
      expect(await count('datanotices', { pending: true })).toBe(0);
      // the day for the one, a new reason and a contradiction for the other
      expect(await count('cards', { viewer: 'nok' })).toBe(1);
      expect(await count('cards', { viewer: 'ploy' })).toBe(2);
      expect(await count('outbox')).toBe(3);
    });
  });
});

function databaseOn(server: string): string {
  const address = new URL(server);
  address.pathname = `/landing_${randomUUID().slice(0, 8)}`;
  return address.href;
}
