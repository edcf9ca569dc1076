import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { dayOf } from '@field/kit/calendar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, database, disconnect } from '../../models/database.ts';
import { changeIndexes, indexChanges } from '../../models/indexes.ts';
import { addItems, changeItems, findItems } from '../../models/items.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { isAllowed } from '../../src/domain/allowed-hours.ts';
import { firstNotice, nextNotice } from '../../src/domain/notice-times.ts';
import { addIsoIn } from '../daily/landing-harness.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';
import { hire, NOW } from '../support/shop-under-review.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_124);
const KILLS = howOften({ inEachRun: 4, inFull: 40 });
const FAILURES = howOften({ inEachRun: 200, inFull: 1_000 });
const PEOPLE = Array.from({ length: 20 }, (_, n) => `staff${n}`);
const TIME_ZONE = 'Asia/Bangkok';
const DAY_MINUTES = 1_440;
const LONGEST_MS = 40;

const remindProcess = resolve('dist/test/support/remind-process.js');
const dir = mkdtempSync(join(tmpdir(), 'reminders-crash-'));

/** Every third was put right, appealed or approved before anybody was told of it. */
const OVER = ['PENDING', 'APPROVED', 'APPEALING'] as const;
const random = seeded(SEED);
const failures = Array.from({ length: FAILURES }, (_, n) => ({
  itemRef: `spot${n}`,
  staffId: PEOPLE[n % PEOPLE.length] ?? '',
  deadlineAt: NOW + Math.ceil((2 + random() * 8) * DAY_MINUTES) * 60_000,
  state: n % 3 === 0 ? (OVER[(n / 3) % 3] ?? 'PENDING') : ('REJECTED' as const),
}));

async function behind<T>(work: () => Promise<T>): Promise<T> {
  useDataKey(Buffer.alloc(32, 7));
  useProgrammes(SHIPPED_PROGRAMMES);
  const store = await startEmbeddedStore({ dataDir: join(dir, 'store'), port: 0 });
  await connect(store.uri);
  await changeIndexes(await indexChanges());
  try {
    return await work();
  } finally {
    await disconnect();
    await store.close();
  }
}

beforeAll(async () => {
  mkdirSync(join(dir, 'store'));
  await behind(async () => {
    await addIsoIn(TIME_ZONE);
    for (const userId of PEOPLE) await hire(userId);
    const hours = await hoursOfIso('iso');
    await inTransaction((tx) =>
      addItems(
        failures.map(({ itemRef, staffId }) => submittedSpot(itemRef, { staffId, submittedAt: NOW - 86_400_000 })),
        tx,
      ),
    );
    const items = new Map(
      (await findItems(failures.map(({ itemRef }) => itemRef))).map((item) => [item.itemRef, item]),
    );
    const changes = failures.flatMap(({ itemRef, deadlineAt, state }) => {
      const item = items.get(itemRef);
      const noticeAt = firstNotice(NOW, deadlineAt, hours);
      return item === undefined
        ? []
        : [{ item, change: { state, deadlineAt, noticeAt }, steps: ['REJECTED'] as const }];
    });
    await inTransaction((tx) => changeItems(changes, tx));
  });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Tells of them, and is killed after so many transactions. */
async function remind(afterCommits?: number, afterMs = 0) {
  const process = spawn(globalThis.process.execPath, [remindProcess, dir, '', String(NOW)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(process, 'exit');
  let said = '';
  let isDue = afterCommits !== undefined;
  process.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
    if (!isDue || said.length < 'ready'.length + (afterCommits ?? 0)) return;
    isDue = false;
    setTimeout(() => process.kill('SIGKILL'), afterMs);
  });
  const [code, signal] = await ended;
  return { code, signal };
}

it(`by three at once, killed at ${KILLS} moments, of ${FAILURES} failures none lapses without its notices, none is told of twice, and nobody has two cards a day (seed ${SEED})`, async () => {
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { signal } = await remind(Math.floor(random() * 12), random() * LONGEST_MS);
    if (signal === 'SIGKILL') killed += 1;
  }
  expect(killed).toBe(KILLS);
  expect(await remind()).toEqual({ code: 0, signal: null });
  await behind(async () => {
    const hours = await hoursOfIso('iso');
    const rows = database().collection<{ _id: string; viewer: string; at: number }>('cards');
    for (const userId of PEOPLE) {
      const cards = await rows.find({ viewer: userId, view: 'review.reminder' }).toArray();
      const days = cards.map(({ at }) => dayOf(at, TIME_ZONE));
      expect(new Set(days).size, userId).toBe(days.length);
      expect(cards.every(({ at }) => isAllowed(at, hours))).toBe(true);
      const wanted = failures
        .filter(({ staffId, state }) => staffId === userId && state === 'REJECTED')
        .flatMap(({ deadlineAt }) => noticesOf(deadlineAt, hours));
      // every notice on its day, and no day without one
      expect([...new Set(days)].sort(), userId).toEqual([...new Set(wanted)].sort());
    }
    expect(await database().collection('outbox').countDocuments()).toBe(
      await rows.countDocuments({ view: 'review.reminder' }),
    );
    expect(
      await database()
        .collection('items')
        .countDocuments({ state: 'REJECTED', noticeAt: { $exists: true } }),
    ).toBe(0);
  });
});

/** The days on which a failure that landed at `NOW` is told of. */
function noticesOf(deadlineAt: number, hours: Awaited<ReturnType<typeof hoursOfIso>>): readonly string[] {
  const days: string[] = [];
  for (let at = firstNotice(NOW, deadlineAt, hours); at !== undefined; at = nextNotice(at, deadlineAt, hours))
    days.push(dayOf(at, TIME_ZONE));
  return days;
}
