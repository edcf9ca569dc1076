import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../src/engine/connection.ts';
import {
  checkStore,
  copyStore,
  isSame,
  notedWhereabouts,
  noteWhereabouts,
  startEmbeddedStore,
  whereaboutsOf,
} from '../src/index.ts';
import { idOfMachine } from '../src/whereabouts.ts';
import { builtStore } from './built.ts';
import { newFolder } from './stores.ts';

const { folder, remove } = newFolder();
afterAll(remove);

/** A store with one document, which stands in `mongo.db-wal` alone. */
async function atWork(dataDir: string) {
  const store = await startEmbeddedStore({ dataDir });
  const client = await new mongo.MongoClient(store.uri).connect();
  await client.db('app').collection<{ _id: number }>('documents').insertOne({ _id: 1 });
  return { store, client };
}

describe('a folder that was copied while its store was open', () => {
  it('without what was saved last is refused, also by whoever looks; with the way out of it', async () => {
    const dataDir = join(folder, 'first');
    const { store, client } = await atWork(dataDir);
    const copy = join(folder, 'halved');
    mkdirSync(copy);
    for (const name of readdirSync(dataDir).filter((one) => !/-(wal|shm)$/.test(one)))
      copyFileSync(join(dataDir, name), join(copy, name));
    await client.close();
    await store.close();
    await expect(startEmbeddedStore({ dataDir: copy })).rejects.toMatchObject({
      code: 'store.copiedAtWork',
      kind: 'permanent',
      details: { say: expect.stringContaining(`remove ${join(copy, 'mongo.open')}`) },
    });
    rmSync(join(copy, 'mongo.open'));
    await (await startEmbeddedStore({ dataDir: copy })).close();
  });

  it('is opened where all of it was copied, and the first one is, too', async () => {
    const dataDir = join(folder, 'second');
    const { store, client } = await atWork(dataDir);
    const copy = join(folder, 'whole');
    cpSync(dataDir, copy, { recursive: true });
    await client.close();
    await store.close();
    expect(existsSync(join(dataDir, 'mongo.open'))).toBe(false);
    for (const one of [copy, dataDir]) {
      const again = await startEmbeddedStore({ dataDir: one });
      const reader = await new mongo.MongoClient(again.uri).connect();
      expect(await reader.db('app').collection('documents').countDocuments()).toBe(1);
      await reader.close();
      await again.close();
    }
  });
});

describe('no folder is taken for a copy', () => {
  let start = '';
  beforeAll(() => {
    start = builtStore(join(folder, 'built'));
  });

  /** Of a process that ends without a word, as where it is killed, or of itself. */
  async function ended(dataDir: string, how: string): Promise<void> {
    const script = `
      import { mongo } from 'mongoose';
      import { startEmbeddedStore } from ${JSON.stringify(start)};
      const store = await startEmbeddedStore({ dataDir: ${JSON.stringify(dataDir)} });
      const client = await new mongo.MongoClient(store.uri).connect();
      await client.db('app').collection('documents').insertOne({ _id: 1 });
      ${how};`;
    writeFileSync(join(folder, 'built/ends.mjs'), script);
    await once(spawn(process.execPath, [join(folder, 'built/ends.mjs')], { stdio: 'ignore' }), 'exit');
  }

  it.each([
    ['killed', "process.kill(process.pid, 'SIGKILL')"],
    ['ended by itself', 'process.exit(1)'],
    ['ended by a mistake', "throw new Error('x')"],
  ])('whose process was %s, and which somebody looked at then', async (name, how) => {
    const dataDir = join(folder, name);
    await ended(dataDir, how);
    expect(existsSync(join(dataDir, 'mongo.open'))).toBe(true);
    mkdirSync(join(dataDir, 'copy'));
    expect((await copyStore(dataDir, join(dataDir, 'copy'))).damage).toEqual([]);
    expect((await checkStore(dataDir)).damage).toEqual([]);
    // another tool brings its log into it, and the devices of the machine are numbered anew
    const other = new Connection(join(dataDir, 'mongo.db'));
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    expect(statSync(join(dataDir, 'mongo.db-wal')).size).toBe(0);
    // what SQLite's own shell does as it ends
    rmSync(join(dataDir, 'mongo.db-wal'));
    const mark = readFileSync(join(dataDir, 'mongo.open'), 'utf8');
    writeFileSync(join(dataDir, 'mongo.open'), mark.replace(/^\d+/, '99'));
    const again = await startEmbeddedStore({ dataDir });
    await again.close();
    expect(existsSync(join(dataDir, 'mongo.open'))).toBe(false);
  });
});

describe('which machine it is', () => {
  const machine = (name: string, files: Readonly<Record<string, string>>) => {
    const root = join(folder, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return idOfMachine(root, 'linux');
  };

  it('is known by its id, and is not known in a container, whose id goes with it', () => {
    expect(machine('bare', { 'etc/machine-id': 'a\n' })).toMatch(/^[0-9a-f]{16}$/);
    expect(machine('none', {})).toBeUndefined();
    expect(machine('empty', { 'etc/machine-id': '' })).toBeUndefined();
    for (const mark of ['.dockerenv', 'run/.containerenv', 'run/systemd/container'])
      expect(machine(mark.replaceAll('/', '-'), { 'etc/machine-id': 'a\n', [mark]: '' })).toBeUndefined();
  });
});

describe('where the data of a folder is worked on', () => {
  const here = (name: string, machine: string | undefined = 'one') => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'mongo.db'), '');
    return { machine, name: 'field-1', folder: path };
  };

  it('is noted once, and again when it is another machine, or a copy beside the first', async () => {
    const first = here('a');
    expect(await noteWhereabouts(first.folder, first, 1)).toBeUndefined();
    expect(await noteWhereabouts(first.folder, first, 2)).toBeUndefined();
    expect(notedWhereabouts(first.folder)).toEqual({ ...first, since: 1 });
    const other = { ...first, machine: 'two', name: 'field-2' };
    expect(await noteWhereabouts(first.folder, other, 3)).toEqual({ ...first, since: 1 });
    expect(notedWhereabouts(first.folder)).toEqual({ ...other, since: 3, before: { ...first, since: 1 } });
    expect(isSame(first, here('b'))).toBe(false);
  });

  it('is the same where it was moved, where a machine is not known, and where the note is none', async () => {
    const first = here('c');
    await noteWhereabouts(first.folder, { ...first, folder: join(folder, 'gone') }, 1);
    expect(await noteWhereabouts(first.folder, first, 2)).toBeUndefined();
    expect(notedWhereabouts(first.folder)).toEqual({ ...first, since: 1 });
    expect(isSame(first, { ...first, machine: undefined })).toBe(true);
    expect(isSame({ ...first, machine: undefined }, { ...here('d'), machine: undefined })).toBe(false);
    writeFileSync(join(first.folder, 'whereabouts.json'), '{"name":');
    expect(notedWhereabouts(first.folder)).toBeUndefined();
    expect(whereaboutsOf(first.folder).folder).toContain('/c');
    expect(readFileSync(join(first.folder, 'whereabouts.json'), 'utf8')).toBe('{"name":');
  });
});
