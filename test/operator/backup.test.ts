import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type EmbeddedStore, startEmbeddedStore } from '@field/embedded-store';
import { mongo } from 'mongoose';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Operator } from '../../src/operator/command.ts';
import { typed } from './typed.ts';

const DATA_KEY = randomBytes(32);
const NEW_YEAR = Date.parse('2027-01-01T00:00:00Z');

let root = '';
let dataDir = '';
let place = '';
let store: EmbeddedStore;
let rows: mongo.Collection<{ _id: number; at: number }>;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-'));
  [dataDir, place] = [join(root, 'data'), join(root, 'backups')];
  mkdirSync(dataDir);
  store = await startEmbeddedStore({ dataDir, port: 0 });
  const client = await new mongo.MongoClient(store.uri).connect();
  rows = client.db('app').collection('rows');
  onTestFinished(async () => {
    await client.close();
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });
});

/** Types a command; each of the commands of a test is a minute after the one before. */
let minutes = 0;
function backup(line: string, operator: Partial<Operator> = {}) {
  minutes += 1;
  const at = NEW_YEAR + minutes * 60_000;
  return typed(`backup ${line}`, { storeFolder: () => dataDir, dataKey: () => DATA_KEY, now: () => at, ...operator });
}

function file(path: string, bytes: Buffer | string): void {
  const full = join(dataDir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, bytes);
}

function photo(bytes = randomBytes(3_000_000)): { hash: string; path: string; bytes: Buffer } {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const path = `photos/${hash.slice(0, 2)}/${hash}.jpg`;
  file(path, bytes);
  return { hash, path, bytes };
}

function contents(): string[] {
  return readdirSync(join(place, 'contents'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The documents of a folder, read by a store that is started on it. */
async function rowsIn(folder: string): Promise<unknown[]> {
  const restored = await startEmbeddedStore({ dataDir: folder, port: 0 });
  const client = await new mongo.MongoClient(restored.uri).connect();
  const found = await client.db('app').collection('rows').find().sort({ _id: 1 }).toArray();
  await client.close();
  await restored.close();
  return found;
}

it('what was kept comes back byte for byte in a new place, and the store goes on there', async () => {
  await rows.insertMany([1, 2, 3].map((_id) => ({ _id, at: _id * 7 })));
  const kept = photo();
  file('outgoing/submissions_20270101_1.jsonl', '{"a":1}\n');
  file('incoming/done/review_20261231_1.csv', '');
  const { exit, out } = await backup(`make --to ${place}`);
  expect({ exit, out }).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/^Backup \d{8}T\d{6}Z: 3 documents, 4 files, 4 of them new/),
  });
  expect(await backup(`verify --from ${place}`)).toMatchObject({
    exit: 0,
    out: expect.stringContaining('is whole: 3 documents, 4 files'),
  });
  const to = join(root, 'new', 'data');
  expect(await backup(`restore --from ${place} --to ${to}`)).toMatchObject({ exit: 0 });
  expect(readFileSync(join(to, kept.path)).equals(kept.bytes)).toBe(true);
  expect(readFileSync(join(to, 'outgoing/submissions_20270101_1.jsonl'), 'utf8')).toBe('{"a":1}\n');
  expect(readFileSync(join(to, 'incoming/done/review_20261231_1.csv'), 'utf8')).toBe('');
  expect(await rowsIn(to)).toEqual([1, 2, 3].map((_id) => ({ _id, at: _id * 7 })));
});

it('people work while it is made: it is of one moment', async () => {
  let written = 0;
  let working = true;
  const work = (async () => {
    // the two halves of a pair are written in one transaction
    const client = await new mongo.MongoClient(store.uri).connect();
    while (working) {
      const pair = written;
      await client.withSession((session) =>
        session.withTransaction(async () => {
          for (const half of [0, 1])
            await client
              .db('app')
              .collection<{ _id: number }>('rows')
              .insertOne({ _id: pair * 2 + half }, { session });
        }),
      );
      written += 1;
    }
    await client.close();
  })();
  await expect.poll(() => written).toBeGreaterThan(20);
  expect(await backup(`make --to ${place}`)).toMatchObject({ exit: 0 });
  const during = written;
  working = false;
  await work;
  const to = join(root, 'new');
  await backup(`restore --from ${place} --to ${to}`);
  const restored = await rowsIn(to);
  expect(restored.length % 2).toBe(0);
  expect(restored.length).toBeGreaterThan(40);
  expect(restored.length).toBeLessThanOrEqual(during * 2 + 2);
});

it('a later one writes only what is new, and what no backup names goes', async () => {
  const first = photo();
  await backup(`make --to ${place}`);
  const before = contents().length;
  const second = photo();
  await backup(`make --to ${place}`);
  // the photo, and the store of then if it is another
  expect(contents().length - before).toBeLessThanOrEqual(2);
  rmSync(join(dataDir, first.path));
  expect(await backup(`make --to ${place} --keep 1`)).toMatchObject({ exit: 0 });
  expect((await backup(`list --from ${place}`)).out.split('\n')).toHaveLength(1);
  const left = contents().map((path) => path.split('/').at(-1));
  expect(left).toContain(second.hash);
  expect(left).not.toContain(first.hash);
});

it('nothing of it can be read without the key, and nothing is restored with another', async () => {
  await rows.insertOne({ _id: 1, at: 1 });
  file('outgoing/names.jsonl', '{"name":"Somchai"}');
  await backup(`make --to ${place}`);
  for (const path of contents()) expect(readFileSync(path).includes('Somchai')).toBe(false);
  const to = join(root, 'new');
  const { exit, err } = await backup(`restore --from ${place} --to ${to}`, { dataKey: () => randomBytes(32) });
  expect(exit).toBe(1);
  expect(err).toContain('another DATA_KEY');
  expect(readdirSync(root).sort()).toEqual(['backups', 'data']);
});

it.each([
  ['changed in the middle', (bytes: Buffer) => bytes.fill(7, 1_500_000, 1_500_001)],
  ['cut off between two pieces', (bytes: Buffer) => bytes.subarray(0, 24 + 2 * (1_048_576 + 16))],
  ['cut off in its head', (bytes: Buffer) => bytes.subarray(0, 10)],
  ['emptied', (bytes: Buffer) => bytes.subarray(0, 0)],
  ['made longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)])],
  ['with two pieces exchanged', (bytes: Buffer) => exchanged(bytes)],
])('a content that was %s is found, and nothing of it is restored', async (_, change) => {
  const { hash } = photo();
  await backup(`make --to ${place}`);
  const path = join(place, 'contents', hash.slice(0, 2), hash);
  writeFileSync(path, change(readFileSync(path)));
  expect(await backup(`verify --from ${place}`)).toMatchObject({ exit: 1, err: expect.stringContaining(hash) });
  const to = join(root, 'new');
  expect(await backup(`restore --from ${place} --to ${to}`)).toMatchObject({ exit: 1 });
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(root).sort()).toEqual(['backups', 'data']);
});

function exchanged(bytes: Buffer): Buffer {
  const piece = 1_048_576 + 16;
  const at = (number: number): Buffer => bytes.subarray(24 + number * piece, 24 + (number + 1) * piece);
  return Buffer.concat([bytes.subarray(0, 24), at(1), at(0), bytes.subarray(24 + 2 * piece)]);
}

it('a content that is gone, or another one under its name, is found', async () => {
  const [one, other] = [photo(), photo()];
  await backup(`make --to ${place}`);
  const pathOf = (hash: string): string => join(place, 'contents', hash.slice(0, 2), hash);
  writeFileSync(pathOf(one.hash), readFileSync(pathOf(other.hash)));
  expect(await backup(`verify --from ${place}`)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('another content'),
  });
  rmSync(pathOf(one.hash));
  expect(await backup(`verify --from ${place}`)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('is not there'),
  });
});

it('a photo that the disk did not keep is named, and the rest is backed up', async () => {
  const [good, bad] = [photo(), photo()];
  truncateSync(join(dataDir, bad.path), 100);
  const { exit, err } = await backup(`make --to ${place}`);
  expect(exit).toBe(1);
  expect(err).toContain(bad.hash);
  expect(err).not.toContain(good.hash);
  expect(await backup(`verify --from ${place}`)).toMatchObject({ exit: 0 });
});

it('a store that is damaged is not backed up, and what was there before stays', async () => {
  await rows.insertMany(Array.from({ length: 2_000 }, (_, _id) => ({ _id, at: _id })));
  await backup(`make --to ${place}`);
  await store.close();
  const path = join(dataDir, 'mongo.db');
  const bytes = readFileSync(path);
  // into the pages of the documents, behind those that say what there is
  bytes.fill(0x5a, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.5) + 600);
  writeFileSync(path, bytes);
  expect(await backup(`make --to ${place} --keep 1`)).toMatchObject({ exit: 1 });
  expect(await backup(`verify --from ${place}`)).toMatchObject({ exit: 0 });
});

it('restores only where nothing is, and says what there is not', async () => {
  expect(await backup(`restore --from ${place} --to ${join(root, 'new')}`)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('no backup in'),
  });
  await backup(`make --to ${place}`);
  expect(await backup(`restore --from ${place} --to ${dataDir}`)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('is not empty'),
  });
  expect(await backup(`restore 20200101T000000Z --from ${place} --to ${join(root, 'new')}`)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('no backup 20200101T000000Z'),
  });
  expect(await backup(`make --to ${place}`, { storeFolder: () => undefined })).toMatchObject({
    exit: 2,
    err: expect.stringContaining('mongodump'),
  });
  expect(await backup(`make --to ${place} --keep 0`)).toMatchObject({ exit: 2 });
});

it('what a killed one left goes with the next', async () => {
  file('backup-copy/mongo.db', 'half');
  mkdirSync(join(place, 'contents', 'ab'), { recursive: true });
  writeFileSync(join(place, 'contents', `${'a'.repeat(64)}.tmp`), 'half');
  writeFileSync(join(place, 'contents', 'ab', `ab${'0'.repeat(62)}`), 'nobody names it');
  writeFileSync(join(place, '20200101T000000Z.backup.tmp'), 'half');
  expect(await backup(`make --to ${place}`)).toMatchObject({ exit: 0 });
  expect(existsSync(join(dataDir, 'backup-copy'))).toBe(false);
  expect(contents()).toHaveLength(1);
  expect(readdirSync(place).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const to = join(root, 'new');
  mkdirSync(`${to}.restoring`);
  writeFileSync(join(`${to}.restoring`, 'mongo.db'), 'half');
  expect(await backup(`restore --from ${place} --to ${to}`)).toMatchObject({ exit: 0 });
});

it('two at once do not meet: the second is refused, and the first is whole', async () => {
  for (let number = 0; number < 5; number += 1) photo();
  const both = await Promise.all([backup(`make --to ${place}`), backup(`make --to ${place}`)]);
  const [first, second] = both.toSorted((one, other) => one.exit - other.exit);
  expect(first).toMatchObject({ exit: 0 });
  expect(second).toMatchObject({ exit: 1, err: expect.stringContaining('in use by another process') });
  expect(await backup(`verify --from ${place}`)).toMatchObject({ exit: 0 });
});
