import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type EmbeddedStore, startEmbeddedStore } from '@field/embedded-store';
import { mongo } from 'mongoose';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { backupPlace } from '../../src/operator/backup/backup-place.ts';
import { makeBackup } from '../../src/operator/backup/make-backup.ts';
import { verifyBackup } from '../../src/operator/backup/restore-backup.ts';

const maker = resolve('dist/test/support/backup-process.js');
const KEY = randomBytes(32);
const progress = { say: () => undefined, end: () => undefined };
const NEW_YEAR = Date.parse('2027-01-01T00:00:00Z');
const MINUTE_MS = 60_000;
/** Three photos that are new, the store, and one daily file. */
const POINTS = ['1', '3', '4', '5'];

let dataDir: string;
let to: string;
let store: EmbeddedStore;
let rows: mongo.Collection;

beforeEach(async () => {
  const { folder, remove } = newFolder();
  [dataDir, to] = [join(folder, 'data'), join(folder, 'backups')];
  mkdirSync(dataDir);
  store = await startEmbeddedStore({ dataDir, port: 0 });
  const client = await new mongo.MongoClient(store.uri).connect();
  rows = client.db('app').collection('rows');
  onTestFinished(async () => {
    await client.close();
    await store.close();
    remove();
  });
});

function file(path: string, bytes: Buffer | string): void {
  mkdirSync(dirname(join(dataDir, path)), { recursive: true });
  writeFileSync(join(dataDir, path), bytes);
}

function photo(): void {
  const bytes = randomBytes(100_000);
  const hash = createHash('sha256').update(bytes).digest('hex');
  file(`photos/${hash.slice(0, 2)}/${hash}.jpg`, bytes);
}

const make = (minute: number) =>
  makeBackup({ dataDir, to, dataKey: KEY, now: NEW_YEAR + minute * MINUTE_MS, progress });
const verify = (name?: string) => verifyBackup({ from: to, name, dataKey: KEY, progress });

it.each(POINTS)(
  'killed at its file %s, a backup leaves nothing that looks like one, and the next is whole',
  async (point) => {
    await rows.insertOne({ at: 1 });
    photo();
    const first = await make(1);
    await rows.insertOne({ at: 2 });
    for (const _ of [1, 2, 3]) photo();
    file('outgoing/submissions_20270101_1.jsonl', '{"a":1}\n');

    const args = [maker, dataDir, to, KEY.toString('hex'), point, String(NEW_YEAR + 2 * MINUTE_MS)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(String((await once(child.stdout, 'data'))[0])).toBe('holds\n');
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(await backupPlace(to, KEY).names()).toEqual([first.name]);
    expect(await verify()).toMatchObject({ name: first.name, documents: 1 });
    const next = await make(3);
    expect(next).toMatchObject({ documents: 2, files: 6, damagedPhotos: [] });
    expect(await verify(next.name)).toMatchObject({ documents: 2, files: 6 });
    expect(await verify(first.name)).toMatchObject({ documents: 1 });
    expect(existsSync(join(dataDir, 'backup-copy'))).toBe(false);
    expect(readdirSync(to, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
  },
);
