import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { builtStore } from './built.ts';
import { newFolder, useDatabase } from './stores.ts';

const PAGE = 'x'.repeat(5_000);

describe('on a full disk', () => {
  const at = useDatabase();

  it('a write is answered with OutOfDiskSpace, nothing of it stays, and reading goes on', async () => {
    const kept = at.db.collection<{ _id: number; page: string }>('kept');
    await kept.insertOne({ _id: 0, page: PAGE });
    at.store.onDisk('full');
    const pages = Array.from({ length: 50 }, (_, index) => ({ _id: index + 1, page: PAGE }));
    await expect(kept.insertMany(pages)).rejects.toMatchObject({ code: 14031, codeName: 'OutOfDiskSpace' });
    expect(await kept.countDocuments({})).toBe(1);
    at.store.onDisk(undefined);
    await kept.insertMany(pages);
    expect(await kept.countDocuments({})).toBe(51);
  });

  it('a transaction ends with it, and the next one has the turn at once', async () => {
    const rows = at.db.collection<{ _id: number; page: string }>('rows');
    await rows.insertOne({ _id: 0, page: '' });
    at.store.onDisk('full');
    const session = at.client.startSession();
    session.startTransaction();
    await rows.updateOne({ _id: 0 }, { $set: { page: 'y' } }, { session });
    const pages = Array.from({ length: 50 }, (_, index) => ({ _id: index + 1, page: PAGE }));
    await expect(rows.insertMany(pages, { session })).rejects.toMatchObject({ code: 14031 });
    await session.endSession();
    at.store.onDisk(undefined);
    await rows.updateOne({ _id: 0 }, { $set: { page: 'z' } });
    expect(await rows.find({}).toArray()).toEqual([{ _id: 0, page: 'z' }]);
  });

  it('a disk that fails is another error, and ends with the trouble', async () => {
    const rows = at.db.collection<{ _id: number }>('failing');
    await rows.insertOne({ _id: 0 });
    at.store.onDisk('failing');
    await expect(rows.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 39, codeName: 'FileStreamFailed' });
    at.store.onDisk(undefined);
    await rows.insertOne({ _id: 1 });
  });
});

/** Writes until it is refused, says with which code, and that the store still reads and still closes. */
const FILLER = `
  import { mongo } from 'mongoose';
  const { startEmbeddedStore } = await import(process.argv[2]);
  const store = await startEmbeddedStore({ dataDir: process.argv[3] });
  const client = await new mongo.MongoClient(store.uri).connect();
  const rows = client.db('full').collection('rows');
  const refused = await (async () => {
    for (let n = 0; n < 10_000; n++) await rows.insertOne({ _id: n, page: 'x'.repeat(5_000) });
  })().catch(({ code, codeName }) => ({ code, codeName }));
  const read = await rows.countDocuments({});
  await client.close();
  await store.close();
  console.log(JSON.stringify({ refused, read: read > 0 }));
`;

describe.skipIf(process.platform === 'win32')('where a process may write no larger file', () => {
  const { folder, remove } = newFolder();
  afterAll(remove);

  it('the store says so, still reads, and closes', async () => {
    const start = builtStore(folder);
    writeFileSync(join(folder, 'filler.mjs'), FILLER);
    const command = [process.execPath, join(folder, 'filler.mjs'), start, join(folder, 'data')];
    const { stdout } = await promisify(execFile)('bash', ['-c', 'ulimit -f 2000; exec "$@"', 'limited', ...command]);
    expect(JSON.parse(stdout)).toEqual({ refused: { code: 39, codeName: 'FileStreamFailed' }, read: true });
  });
});
