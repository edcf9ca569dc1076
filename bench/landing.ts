import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startEmbeddedStore } from '@field/embedded-store';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { parse } from 'csv-parse';
import mongoose from 'mongoose';
import { connect, disconnect } from '../models/database.ts';
import { changeIndexes, indexChanges } from '../models/indexes.ts';
import { addIso } from '../models/isos.ts';
import { addItems } from '../models/items.ts';
import { useProgrammes } from '../models/programme-in-use.ts';
import { useDataKey } from '../models/sealing.ts';
import { inTransaction } from '../models/transaction.ts';
import { directorySource } from '../src/daily/incoming/directory-source.ts';
import { createLanding } from '../src/daily/incoming/landing.ts';
import { createInFlight } from '../src/work/in-flight.ts';
import { SHIPPED_PROGRAMMES } from '../test/support/shipped-programme.ts';
import { itemLike, itemRef, reviewFile } from './items-under-review.ts';
import { peakRssMb } from './process-figures.ts';

// `node landing.js DIR ROWS [URI]`: lands a review file of so many rows on an embedded store of its own, in the process of the bot as
// there, or on a database of its own at a server; and the same again. Prints what was measured as JSON.

export interface Landed {
  readonly rowsPerSecond: number;
  readonly againRowsPerSecond: number;
  /** csv-parse and unordered bulk upserts of the same file into the same store. */
  readonly floorRowsPerSecond: number;
  /** Bare ordered bulk updates of as many documents like the items, under eight indexes, without a rule or a transaction. */
  readonly bareUpdatesPerSecond: number;
  /** Of the process with the store in it, before the floor was measured. */
  readonly peakRssMb: number;
  /** The longest that somebody waited who wrote one document now and then while rows were landing. */
  readonly writerWaitedMs: number;
  /** Of the process with the store in it, in µs of processor time a row: what other programmes take from a machine does not count. */
  readonly cpu: Readonly<Record<'landing' | 'again' | 'floor' | 'bareUpdates', number>>;
}

const [dir = '', count = '0', server] = process.argv.slice(2);
const rows = Number(count);
const incoming = join(dir, 'incoming');
const FILE = 'review_20260503_001.csv';
const SEEDED_AT_ONCE = 500;

async function seed(): Promise<void> {
  const iso = { email: 'bench@iso.example', name: 'Bench', country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'bench', ...iso }, tx));
  for (let from = 0; from < rows; from += SEEDED_AT_ONCE) {
    const items = Array.from({ length: Math.min(SEEDED_AT_ONCE, rows - from) }, (_, index) =>
      itemLike(from + index, 'iso'),
    );
    await inTransaction((tx) => addItems(items, tx));
  }
}

const write = (): Promise<void> =>
  pipeline(Readable.from(reviewFile(rows, 'iso')), createWriteStream(join(incoming, FILE)));

interface Timed {
  readonly perSecond: number;
  readonly cpu: number;
}

/** What all rows take, and how many of them a second that is. */
async function timed(work: () => Promise<void>): Promise<Timed> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { perSecond: rows / ((performance.now() - begun) / 1_000), cpu: (user + system) / rows };
}

async function landed(): Promise<Timed> {
  const clock = new MovableClock(Date.UTC(2026, 4, 4, 1) - Date.now());
  const inFlight = createInFlight();
  const nobody = async (): Promise<void> => undefined;
  const log = createLog({ level: 'error' });
  const landing = createLanding({
    source: directorySource(incoming, log, () => clock.now()),
    workDir: join(dir, 'landing'),
    wake: () => undefined,
    tell: { staff: nobody, iso: nobody, admins: nobody },
    clock,
    ids: systemIds,
    log,
    inFlight,
  });
  return await timed(async () => {
    landing.wake();
    while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
    await landing.close();
  });
}

/** Writes one document now and then, as a tap does, again where the store was held for too long; answers the longest that it took. */
function someWriter(): () => Promise<number> {
  const documents = mongoose.connection.collection<{ _id: string; n: number }>('bench');
  let longest = 0;
  let ended = false;
  const written = async (): Promise<boolean> => {
    try {
      await documents.updateOne({ _id: 'tap' }, { $inc: { n: 1 } }, { upsert: true });
      return true;
    } catch (thrown) {
      if (thrown instanceof mongoose.mongo.MongoServerError && thrown.hasErrorLabel('TransientTransactionError'))
        return false;
      throw thrown;
    }
  };
  const writing = (async () => {
    while (!ended) {
      const begun = performance.now();
      while (!(await written()));
      longest = Math.max(longest, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    ended = true;
    await writing;
    return longest;
  };
}

async function floor(): Promise<void> {
  const upserts = mongoose.connection.collection<{ _id: string }>('floor');
  const text = await readFile(join(incoming, 'done', FILE));
  let batch: { updateOne: { filter: { _id: string }; update: object; upsert: true } }[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await upserts.bulkWrite(batch, { ordered: false });
    batch = [];
  };
  for await (const { itemRef: _id, ...cells } of Readable.from([text]).pipe(parse({ columns: true }))) {
    batch.push({ updateOne: { filter: { _id }, update: { $set: cells }, upsert: true } });
    if (batch.length === 1_000) await flush();
  }
  await flush();
}

/** The indexes of the items when the bare updates were measured first (commit 91954e6): the same yardstick for every version. */
const BARE_INDEXES: readonly Readonly<Record<string, 1 | -1>>[] = [
  { staffId: 1, submittedAt: -1 },
  { staffId: 1, dataDate: 1 },
  { staffId: 1, state: 1, deadlineAt: 1 },
  { isoId: 1, dataDate: 1 },
  { isoId: 1, submittedAt: 1 },
  { isoId: 1, state: 1, deadlineAt: 1 },
  { state: 1, deadlineAt: 1 },
  { storeId: 1 },
];

async function bareUpdates(): Promise<Timed> {
  const bare = mongoose.connection.collection<{ _id: string }>('bare');
  await bare.createIndexes(BARE_INDEXES.map((key) => ({ key: { ...key } })));
  for (let from = 0; from < rows; from += SEEDED_AT_ONCE) {
    const items = Array.from({ length: Math.min(SEEDED_AT_ONCE, rows - from) }, (_, index) =>
      itemLike(from + index, 'iso'),
    );
    await bare.insertMany(items.map(({ itemRef: _id, ...item }) => ({ _id, ...item, version: 1, state: 'PENDING' })));
  }
  return await timed(() => updateBare(bare));
}

async function updateBare(bare: mongoose.mongo.Collection<{ _id: string }>): Promise<void> {
  for (let from = 0; from < rows; from += SEEDED_AT_ONCE) {
    const updates = Array.from({ length: Math.min(SEEDED_AT_ONCE, rows - from) }, (_, index) => {
      const failed = (from + index) % 8 === 0;
      const judged = {
        state: failed ? 'REJECTED' : 'APPROVED',
        dataDate: '20260503',
        decidedAt: Date.UTC(2026, 4, 3, 19),
      };
      const set = { ...judged, judgedRevision: 1, reasonCodes: failed ? ['SPOT_PHOTO_BLURRY'] : [] };
      return { updateOne: { filter: { _id: itemRef(from + index) }, update: { $set: set } } };
    });
    await bare.bulkWrite(updates, { ordered: true });
  }
}

function databaseOn(address: string): string {
  const url = new URL(address);
  url.pathname = `/bench_landing_${randomBytes(4).toString('hex')}`;
  return url.href;
}

mkdirSync(incoming, { recursive: true });
useDataKey(randomBytes(32));
useProgrammes(SHIPPED_PROGRAMMES);
const store = server === undefined ? await startEmbeddedStore({ dataDir: dir, port: 0 }) : undefined;
await connect(store?.uri ?? databaseOn(String(server)));
await changeIndexes(await indexChanges());
await seed();
await write();
const ended = someWriter();
const first = await landed();
const writerWaitedMs = await ended();
await write();
const again = await landed();
const heldMb = peakRssMb();
const upserts = await timed(floor);
const bare = await bareUpdates();
const result: Landed = {
  rowsPerSecond: first.perSecond,
  againRowsPerSecond: again.perSecond,
  floorRowsPerSecond: upserts.perSecond,
  bareUpdatesPerSecond: bare.perSecond,
  peakRssMb: heldMb,
  writerWaitedMs,
  cpu: { landing: first.cpu, again: again.cpu, floor: upserts.cpu, bareUpdates: bare.cpu },
};
console.log(JSON.stringify(result));
if (store === undefined) await mongoose.connection.dropDatabase();
await disconnect();
await store?.close();
