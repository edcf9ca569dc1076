import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mongo } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { Connection } from '../src/engine/connection.ts';
import { startEmbeddedStore } from '../src/index.ts';
import { builtStore } from './built.ts';
import { newFolder } from './stores.ts';

describe('the folder of the embedded store', () => {
  const { folder, remove } = newFolder();
  afterAll(remove);

  it('holds the uri while the store runs, and the data after', async () => {
    const dataDir = join(folder, 'deep/data');
    const first = await startEmbeddedStore({ dataDir });
    expect(readFileSync(join(dataDir, 'mongo.uri'), 'utf8').trim()).toBe(first.uri);
    const client = await new mongo.MongoClient(first.uri).connect();
    await client.db('app').collection('kept').createIndex({ a: 1 }, { unique: true });
    await client
      .db('app')
      .collection('kept')
      .insertOne({ a: 2, b: [1] });
    await client.close();
    await first.close();
    await first.close();
    expect(existsSync(join(dataDir, 'mongo.uri'))).toBe(false);

    const second = await startEmbeddedStore({ dataDir });
    const again = await new mongo.MongoClient(second.uri).connect();
    const kept = again.db('app').collection('kept');
    expect(await kept.findOne({ a: 2 }, { projection: { _id: 0 } })).toEqual({ a: 2, b: [1] });
    await expect(kept.insertOne({ a: 2 })).rejects.toMatchObject({ code: 11000 });
    await again.close();
    await second.close();
  });

  it('opens for one only', async () => {
    const dataDir = join(folder, 'locked');
    const store = await startEmbeddedStore({ dataDir });
    await expect(startEmbeddedStore({ dataDir })).rejects.toMatchObject({ code: 'folder.locked', kind: 'permanent' });
    expect(existsSync(join(dataDir, 'mongo.uri'))).toBe(true);
    await store.close();
    await (await startEmbeddedStore({ dataDir })).close();
  });

  it('refuses a folder that cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(startEmbeddedStore({ dataDir: join(folder, 'file/data') })).rejects.toMatchObject({
      code: 'folder.unwritable',
    });
  });

  it('says when its port is taken, and lets the folder go', async () => {
    const store = await startEmbeddedStore({ dataDir: join(folder, 'one') });
    const port = Number(new URL(store.uri).port);
    await expect(startEmbeddedStore({ dataDir: join(folder, 'two'), port })).rejects.toThrow('EADDRINUSE');
    await store.close();
    await (await startEmbeddedStore({ dataDir: join(folder, 'two') })).close();
  });

  it('says in a sentence, also from its thread, that another program has the file', async () => {
    const dataDir = join(folder, 'held');
    await (await startEmbeddedStore({ dataDir })).close();
    const other = new Connection(join(dataDir, 'mongo.db'));
    other.exec('BEGIN EXCLUSIVE');
    const say = `${join(dataDir, 'mongo.db')} is held by another program, such as one that looks into it. End that one, then start again.`;
    try {
      await expect(startEmbeddedStore({ dataDir })).rejects.toMatchObject({ code: 'folder.locked', details: { say } });
      const script = `
        import { startEmbeddedStore } from ${JSON.stringify(builtStore(join(folder, 'built-held')))};
        const said = await startEmbeddedStore({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => error);
        console.log(JSON.stringify([said instanceof Error, said.details?.say]));`;
      writeFileSync(join(folder, 'built-held/script.mjs'), script);
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'built-held/script.mjs')]);
      expect(JSON.parse(stdout)).toEqual([true, say]);
    } finally {
      other.close();
    }
    await (await startEmbeddedStore({ dataDir })).close();
  });

  it('runs compiled, in a worker thread, and tells a second opener the same', async () => {
    const start = builtStore(join(folder, 'built'));
    const script = `
      import { mongo } from 'mongoose';
      import { startEmbeddedStore } from ${JSON.stringify(start)};
      const store = await startEmbeddedStore({ dataDir: ${JSON.stringify(join(folder, 'threaded'))} });
      const client = await new mongo.MongoClient(store.uri).connect();
      await client.db('app').collection('c').insertOne({ _id: 1 });
      const second = await startEmbeddedStore({ dataDir: ${JSON.stringify(join(folder, 'threaded'))} }).catch((e) => e.message);
      console.log(JSON.stringify({ n: await client.db('app').collection('c').countDocuments(), second }));
      await client.close();
      await store.close();
    `;
    writeFileSync(join(folder, 'built/run.mjs'), script);
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'built/run.mjs')]);
    expect(JSON.parse(stdout)).toMatchObject({ n: 1, second: expect.stringContaining('folder.locked') });
  });
});
