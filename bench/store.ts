import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import Database from 'libsql';
import { mongo } from 'mongoose';
import type { Row } from './row.ts';

/** How many there are to read and change. */
const DOCUMENTS = 5_000;
const AT_ONCE = 500;
const IN_TRANSACTION = 10;

/** What is done over and over, each time with another number; `each`: how many documents that is. */
interface Work {
  readonly name: 'pointReads' | 'findOneAndUpdates' | 'bulkUpserts' | 'transactionsOfTen';
  readonly each: number;
  readonly unit: string;
}

const WORKS: readonly Work[] = [
  { name: 'pointReads', each: 1, unit: '/s' },
  { name: 'findOneAndUpdates', each: 1, unit: '/s' },
  { name: 'bulkUpserts', each: AT_ONCE, unit: 'documents/s' },
  { name: 'transactionsOfTen', each: 1, unit: '/s' },
];

type Side = Readonly<Record<Work['name'], (turn: number) => Promise<void> | void>> & { close(): Promise<void> | void };

/**
 * The embedded store over the driver, one thing after another, beside SQLite making the same rows durable without any of it; and
 * beside a real server where `REALDB_URI` says where one is.
 */
export async function storeRows(seconds: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
  const store = await startEmbeddedStore({ dataDir: join(folder, 'store') });
  const { REALDB_URI: realUri = '' } = process.env;
  const sides: Side[] = [];
  try {
    const [floor, own] = [sqlite(join(folder, 'floor.db')), await server(store.uri)];
    sides.push(floor, own);
    const real = realUri === '' ? undefined : await server(realUri);
    if (real) sides.push(real);
    const rows: Row[] = [];
    for (const work of WORKS) {
      const beside = { unit: work.unit, floor: await perSecond(floor, work, seconds), floorIs: 'SQLite itself' };
      const value = await perSecond(own, work, seconds);
      rows.push({ name: `store.${work.name}`, value, ...beside });
      if (real) rows.push({ name: `store.${work.name}.real`, value: await perSecond(real, work, seconds), ...beside });
    }
    return rows;
  } finally {
    for (const side of sides) await side.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function perSecond(side: Side, { name, each }: Work, seconds: number): Promise<number> {
  for (let turn = 0; turn < 3; turn++) await side[name](turn);
  const begun = performance.now();
  let turns = 3;
  while (performance.now() - begun < seconds * 1_000) await side[name](turns++);
  return ((turns - 3) * each * 1_000) / (performance.now() - begun);
}

interface Thing {
  readonly _id: number;
  readonly owner: string;
  readonly state: string;
  readonly text: string;
  readonly n: number;
}

function thing(_id: number): Thing {
  return { _id, owner: `person ${_id % 40}`, state: 'OPEN', text: 'what somebody wrote. '.repeat(10), n: 0 };
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
/** Any of those that are there, not one beside the other. */
const anyOf = (turn: number): number => (turn * 7_919) % DOCUMENTS;

async function server(uri: string): Promise<Side> {
  const client = await new mongo.MongoClient(uri).connect();
  const db = client.db(`bench_${new mongo.ObjectId().toHexString()}`);
  const things = db.collection<Thing>('things');
  await things.createIndex({ owner: 1, state: 1 });
  await things.insertMany(numbers(0, DOCUMENTS).map(thing));
  let next = DOCUMENTS;
  const session = client.startSession();
  return {
    async pointReads(turn) {
      await things.findOne({ _id: anyOf(turn) });
    },
    async findOneAndUpdates(turn) {
      await things.findOneAndUpdate({ _id: anyOf(turn) }, { $inc: { n: 1 } });
    },
    async bulkUpserts() {
      const added = numbers(next, AT_ONCE).map(thing);
      next += AT_ONCE;
      await things.bulkWrite(
        added.map(({ _id, ...rest }) => ({ updateOne: { filter: { _id }, update: { $set: rest }, upsert: true } })),
        { ordered: false },
      );
    },
    async transactionsOfTen() {
      session.startTransaction();
      for (const _id of numbers(next, IN_TRANSACTION)) await things.insertOne(thing(_id), { session });
      next += IN_TRANSACTION;
      await session.commitTransaction();
    },
    async close() {
      await session.endSession();
      await db.dropDatabase();
      await client.close();
    },
  };
}

/** The rows that the store would write: a document by its key, an entry of an index, each commit flushed to the disk. */
function sqlite(file: string): Side {
  const sql = new Database(file);
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.exec('CREATE TABLE d (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)');
  sql.exec('CREATE TABLE i (key BLOB, seq INTEGER, PRIMARY KEY (key, seq)) WITHOUT ROWID');
  const select = sql.prepare('SELECT doc FROM d WHERE id = ?');
  const change = sql.prepare('UPDATE d SET doc = ? WHERE id = ?');
  const insert = sql.prepare('INSERT INTO d (id, doc) VALUES (?, ?)');
  const enter = sql.prepare('INSERT INTO i (key, seq) VALUES (?, ?)');
  const keyOf = (id: number): Buffer => Buffer.from(String(id));
  const bytesOf = (id: number): Buffer => Buffer.from(mongo.BSON.serialize(thing(id)));
  const alone = (work: () => void): void => {
    sql.exec('BEGIN IMMEDIATE');
    work();
    sql.exec('COMMIT');
  };
  let next = 0;
  const add = (count: number): void =>
    alone(() => {
      for (const id of numbers(next, count)) {
        const { lastInsertRowid } = insert.run([keyOf(id), bytesOf(id)]);
        enter.run([Buffer.from(`person ${id % 40} OPEN`), lastInsertRowid]);
      }
      next += count;
    });
  add(DOCUMENTS);
  return {
    pointReads: (turn) => void select.get([keyOf(anyOf(turn))]),
    findOneAndUpdates: (turn) =>
      alone(() => {
        const id = anyOf(turn);
        select.get([keyOf(id)]);
        change.run([bytesOf(id), keyOf(id)]);
      }),
    bulkUpserts: () => add(AT_ONCE),
    transactionsOfTen: () => add(IN_TRANSACTION),
    close: () => void sql.close(),
  };
}
