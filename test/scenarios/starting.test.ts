import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { afterAll, expect, it } from 'vitest';
import { connect, database, disconnect } from '../../models/database.ts';
import { meetPerson } from '../../models/people.ts';
import { useDataKey } from '../../models/sealing.ts';
import { inTransaction } from '../../models/transaction.ts';
import { freePort } from '../support/world/free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'starting-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One in it, for data of its own. */
function folderOf(name: string): string {
  const own = join(folder, name);
  mkdirSync(own);
  return own;
}

/** `npm start`, or a part of it, as a person runs it; it must end by itself. */
function start(env: Record<string, string>, { node = [], part = [] }: { node?: string[]; part?: string[] } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, 'scripts/start.mjs', ...part], {
    encoding: 'utf8',
    timeout: 250_000,
    env: { ...process.env, DATA_DIR: folder, ...env },
  });
  return { status, stdout, complaint: stderr.trim() };
}

it('half of the credentials is refused with what to do, never taken for the demo', () => {
  const { status, complaint } = start({ DINGTALK_CLIENT_ID: 'ding-id' });
  expect(status).toBe(78);
  expect(complaint).toBe(
    'DINGTALK_CLIENT_ID is set, but DINGTALK_CLIENT_SECRET is not. Set both for the real DingTalk, or none for the demo.',
  );
  expect(start({ DINGTALK_CLIENT_SECRET: 'secret' }).complaint).toContain('but DINGTALK_CLIENT_ID is not');
});

it('a .env as Windows writes it is read, and one that cannot be read is refused: never does the demo start beside it', () => {
  const file = join(folder, 'of-windows.env');
  const written = 'DINGTALK_CLIENT_ID=dingabc\r\nDATA_KEY=none\r\n';
  for (const bytes of [Buffer.from(`\ufeff${written}`), Buffer.from(`\ufeff${written}`, 'utf16le')]) {
    writeFileSync(file, bytes);
    expect(start({ ENV_FILE: file }).complaint).toMatch(
      /^DINGTALK_CLIENT_ID is set, but DINGTALK_CLIENT_SECRET is not/,
    );
  }
  writeFileSync(file, Buffer.from([0x41, 0x3d, 0xc4, 0xe3]));
  const refused = start({ ENV_FILE: file });
  expect([refused.status, refused.stdout]).toEqual([78, '']);
  expect(refused.complaint).toBe(
    `${file} is in no encoding that is known here. Save it as UTF-8, as every editor can.`,
  );
});

it('the embedded store alone says in a sentence why it does not start', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const alone = folderOf('store-alone');
  const said = (...words: string[]) => start({}, { part: ['mongo', '--data', alone, ...words] }).complaint;
  expect(said('--port', String(port))).toBe(
    `Port ${port} is already in use. Stop what uses it, or set --port to another.`,
  );
  other.close();
  expect(said('--bogus')).toBe("Unknown option '--bogus'. There are --port <number> and --data <folder>.");
  writeFileSync(join(alone, 'mongo.db'), 'no database at all, and long enough to be looked at as one'.repeat(20));
  expect(said()).toMatch(/mongo\.db is damaged, or no database\./);
});

it('an old Node is told which one is needed', () => {
  const old = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } })`;
  const { status, complaint } = start({}, { node: ['--import', old] });
  expect(status).toBe(1);
  expect(complaint).toBe('This needs Node 20.19 or newer; here is 20.18.3. See https://nodejs.org/');
});

it.each(['SANDBOX_PORT', 'PORT'])('a taken %s is one line with its number', async (variable) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { status, complaint } = start({ [variable]: String(port) });
  other.close();
  expect(status).toBe(1);
  expect(complaint).toBe(`Port ${port} is already in use. Stop what uses it, or set ${variable} to another.`);
});

it('a folder that cannot be written is one line with its name', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const { status, complaint } = start({ DATA_DIR: join(file, 'data') });
  expect(status).toBe(1);
  expect(complaint).toBe(
    `The folder ${join(file, 'data')} cannot be written. Make it writable, or set DATA_DIR to another.`,
  );
});

it('wrong settings of the real bot are all named at once, without a stack', () => {
  const { status, complaint } = start({
    DINGTALK_CLIENT_ID: 'id',
    DINGTALK_CLIENT_SECRET: 'secret',
    LOG_LEVEL: 'loud',
    PORT: 'x',
  });
  expect(status).toBe(78);
  expect(complaint.split('\n')).toEqual([
    expect.stringContaining('PORT must be'),
    expect.stringContaining('LOG_LEVEL must be one of'),
  ]);
});

it('data that only a newer release can read is one line, from the bot alone and from the demo', async () => {
  const newer = folderOf('newer');
  const store = await startEmbeddedStore({ dataDir: newer, port: 0 });
  await connect(store.uri);
  const version = { _id: 'store', writtenBy: 901, readableFrom: 900 };
  await database().collection<typeof version>('storeversion').insertOne(version);
  await disconnect();
  await store.close();
  const env = { DATA_DIR: newer, SANDBOX_PORT: `${await freePort()}`, PORT: `${await freePort()}` };
  const base = `http://127.0.0.1:${env.SANDBOX_PORT}`;
  const demo = start(env);
  const bot = start({ ...env, DINGTALK_API_BASE: base, DINGTALK_OAPI_BASE: base }, { part: ['bot'] });
  const why = /^The data was written by a newer release \(form 901\) and can be read from form 900 on; .*\.$/;
  expect([demo.status, demo.stdout, demo.complaint]).toEqual([1, '', expect.stringMatching(why)]);
  expect([bot.status, bot.complaint]).toEqual([78, demo.complaint]);
});

it('data that another key sealed is one line, and is left as it is', async () => {
  const sealed = folderOf('sealed');
  const store = await startEmbeddedStore({ dataDir: sealed, port: 0 });
  await connect(store.uri);
  useDataKey(Buffer.alloc(32, 7));
  await inTransaction((tx) => meetPerson('nok', 'Nok', tx));
  await disconnect();
  await store.close();
  const base = `http://127.0.0.1:${await freePort()}`;
  const env = { DATA_DIR: sealed, PORT: `${await freePort()}`, DINGTALK_API_BASE: base, DINGTALK_OAPI_BASE: base };
  const { status, complaint } = start(env, { part: ['bot'] });
  expect([status, complaint]).toEqual([
    78,
    'DATA_KEY (in the demo: data.key) is not the key that sealed this data. Use the one that the bot has always had.',
  ]);
});
