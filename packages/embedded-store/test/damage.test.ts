import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'libsql';
import { mongo } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStore, startEmbeddedStore } from '../src/index.ts';
import { builtStore } from './built.ts';
import { newFolder } from './stores.ts';

type Page = { _id: number; text: string };

describe('what its disk did not keep', () => {
  const { folder, remove } = newFolder();
  afterAll(remove);

  /** A folder with fifty pages, closed; `mongo.db` holds all of it. */
  async function written(name: string): Promise<{ dataDir: string; file: string }> {
    const dataDir = join(folder, name);
    await onPages(dataDir, async (pages) => {
      await pages.createIndex({ text: 1 });
      await pages.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: n, text: `page ${n}. ${'x'.repeat(500)}` })));
    });
    return { dataDir, file: join(dataDir, 'mongo.db') };
  }

  async function onPages(dataDir: string, work: (pages: mongo.Collection<Page>) => Promise<void>): Promise<void> {
    const store = await startEmbeddedStore({ dataDir });
    const client = await new mongo.MongoClient(store.uri).connect();
    await work(client.db('app').collection<Page>('pages'));
    await client.close();
    await store.close();
  }

  /** Changes the text wherever it is stored, as a disk does that gives back other bytes. */
  function rot(file: string, from: string, to: string, isThere: (before: string) => boolean = () => true): void {
    const stored = readFileSync(file, 'latin1');
    const places = stored.split(from);
    expect(places.length).toBeGreaterThan(1);
    const rotten = places.reduce((before, next) => `${before}${isThere(before) ? to : from}${next}`);
    writeFileSync(file, rotten, 'latin1');
  }

  function becomesFolder(file: string): void {
    rmSync(file);
    mkdirSync(file);
  }

  function changed(file: string, sql: string): void {
    const database = new Database(file);
    database.exec(sql);
    database.close();
  }

  it.each([
    ['garbage', (file: string) => writeFileSync(file, 'no database '.repeat(1_000))],
    ['a file that was cut off', (file: string) => truncateSync(file, 8_192)],
    ['an empty file', (file: string) => truncateSync(file, 0)],
    ['a folder', becomesFolder],
    [
      "somebody else's database",
      (file: string) => changed(file, 'DROP TABLE collections; CREATE TABLE collections (a)'),
    ],
    ['a database without a table', (file: string) => changed(file, 'DROP TABLE indexes; CREATE TABLE indexes (a)')],
  ])('%s: the start is refused with the file and the remedy, for good', async (name, spoil) => {
    const { dataDir, file } = await written(name);
    spoil(file);
    const refusal = { code: 'store.damaged', kind: 'permanent', details: { say: expect.stringContaining(file) } };
    await expect(startEmbeddedStore({ dataDir })).rejects.toMatchObject(refusal);
    await expect(startEmbeddedStore({ dataDir })).rejects.toMatchObject(refusal);
  });

  it('a lock that is garbage is not taken for another process', async () => {
    const { dataDir, file } = await written('lock');
    const lock = file.replace('mongo.db', 'mongo.lock');
    writeFileSync(lock, 'no database '.repeat(1_000));
    const details = { say: expect.stringContaining(lock) };
    await expect(startEmbeddedStore({ dataDir })).rejects.toMatchObject({ code: 'store.damaged', details });
  });

  it('documents that are gone as a whole are damage, too', async () => {
    const { dataDir, file } = await written('table');
    changed(file, 'DROP TABLE d1');
    await onPages(dataDir, async (pages) => {
      await expect(pages.countDocuments()).rejects.toMatchObject({ code: 301 });
    });
    expect(await checkStore(dataDir)).toMatchObject({ damage: [expect.stringContaining('no such table')] });
  });

  it('a changed document is never given out, and is found', async () => {
    const { dataDir, file } = await written('document');
    expect(await checkStore(dataDir)).toEqual({ documents: 50, damage: [] });
    rot(file, 'page 7. x', 'page 8. x');
    await onPages(dataDir, async (pages) => {
      await expect(pages.findOne({ _id: 7 })).rejects.toMatchObject({ code: 301, codeName: 'DataCorruptionDetected' });
      await expect(pages.updateOne({ _id: 7 }, { $set: { text: '' } })).rejects.toMatchObject({ code: 301 });
      expect(await pages.findOne({ _id: 8 })).toMatchObject({ _id: 8 });
    });
    const { damage } = await checkStore(dataDir);
    expect(damage).toContainEqual(expect.stringContaining('app.pages: document 8 is not what was stored'));
  });

  it('an index that misses a document, or holds another, is found', async () => {
    const { dataDir, file } = await written('index');
    // of a document's text a 02 comes before its length; of an entry's, the rank of texts
    rot(file, 'page 7. x', 'page 0. x', (before) => before.endsWith('\x30'));
    const { documents, damage } = await checkStore(dataDir);
    expect(documents).toBe(50);
    expect(damage).toContainEqual('app.pages: document 8 is missing in the index text_1');
  });

  it('is told by itself after a start, where the store runs in its thread', async () => {
    const { dataDir, file } = await written('told');
    rot(file, 'page 7. x', 'page 8. x');
    const start = builtStore(join(folder, 'built'));
    const script = `
      import { startEmbeddedStore } from ${JSON.stringify(start)};
      const examined = (found) => { console.log(JSON.stringify(found)); void store.close(); };
      const store = await startEmbeddedStore({ dataDir: ${JSON.stringify(dataDir)}, examined });
    `;
    writeFileSync(join(folder, 'built/run.mjs'), script);
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'built/run.mjs')]);
    const { documents, damage } = JSON.parse(stdout);
    expect(documents).toBe(50);
    expect(damage).toContainEqual('app.pages: document 8 is not what was stored');
  });
});
