import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { typed } from './typed.ts';

const folder = mkdtempSync(join(tmpdir(), 'op-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  const store = await startEmbeddedStore({ dataDir: folder, port: 0 });
  const client = await new mongo.MongoClient(store.uri).connect();
  await client.db('app').collection('kept').insertMany([{}, {}]);
  await client.close();
  await store.close();
});
const storeFolder = () => folder;

it('says that everything is what was stored, or what is not', async () => {
  expect(await typed('store check', { storeFolder })).toMatchObject({
    exit: 0,
    out: 'All 2 documents are what was stored.',
  });
  truncateSync(join(folder, 'mongo.db'), 5_000);
  const { exit, err } = await typed('store check', { storeFolder });
  expect(exit).toBe(1);
  expect(err).toContain(`put back the last copy of ${folder}`);
});

it('looks into no database but its own', async () => {
  expect(await typed('store check', { storeFolder: () => undefined })).toMatchObject({ exit: 2, out: '' });
});
