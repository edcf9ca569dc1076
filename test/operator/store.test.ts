import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { database, forgetEverything } from '../../models/database.ts';
import { addPhoto } from '../../models/photos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
const folder = mkdtempSync(join(tmpdir(), 'op-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  const store = await startEmbeddedStore({ dataDir: folder, port: 0 });
  const client = await new mongo.MongoClient(store.uri).connect();
  await client.db('app').collection('kept').insertMany([{}, {}]);
  await client.close();
  await store.close();
});
beforeEach(forgetEverything);

const photos = filePhotoStore(folder);
const inMongo = { storeFolder: () => undefined, photos: () => ({ photos, app: 'demo-client' }) };

/** A photo that is said to be kept; its bytes, or others, are there, or not. */
async function photoKept(text: string, bytes: Buffer | undefined = Buffer.from(text)): Promise<string> {
  const hash = createHash('sha256').update(text).digest('hex');
  const found = { codes: [], weaknesses: [] };
  const about = { kind: 'draft', id: 'd1' } as const;
  const size = { width: 1_080, height: 1_440, originalHash: hash, contentHash: hash };
  await inTransaction((tx) =>
    addPhoto({ photoId: text, isoId: 'i', userId: 'nok', about, sentAt: 7, found, ...size }, tx),
  );
  if (bytes !== undefined) await photos.put(hash, bytes);
  return hash;
}

it('says how much there is of what, and that all of it is what was stored', async () => {
  await photoKept('one');
  await photoKept('two');
  const { exit, out } = await typed('store check', inMongo);
  expect(exit).toBe(0);
  expect(out).toMatch(/^ *2 {2}photos$/m);
  expect(out).toContain('2 documents, 2 photos: all as they were stored.');
  // what no model that the command has read knows, is stored all the same
  const others = database().collection('ofanotherrelease');
  await others.insertMany([{}, {}, {}]);
  expect(JSON.parse((await typed('store check --json', inMongo)).out)).toMatchObject({
    documents: 5,
    photos: 2,
    collections: { photos: 2, ofanotherrelease: 3 },
  });
  await others.drop();
});

it('names a photo that is not there, and one that is not what was kept', async () => {
  await photoKept('whole');
  const gone = await photoKept('gone', Buffer.alloc(0));
  const other = await photoKept('changed', Buffer.from('other'));
  const { exit, err } = await typed('store check', inMongo);
  expect(exit).toBe(1);
  expect(err).toContain('Not there, or not what was kept: 2 photos');
  expect(err).toContain(gone);
  expect(err).toContain(other);
});

it('says what the file of the embedded store does not hold any more', async () => {
  const embedded = { ...inMongo, storeFolder: () => folder };
  expect(await typed('store check', embedded)).toMatchObject({ exit: 0 });
  truncateSync(join(folder, 'mongo.db'), 5_000);
  const { exit, err } = await typed('store check', embedded);
  expect(exit).toBe(1);
  expect(err).toContain(`restore the last backup in place of ${folder}`);
});
