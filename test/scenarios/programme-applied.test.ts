import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../packages/embedded-store/src/server.ts';
import { newFolder, realServerUri, servers } from '../../packages/embedded-store/test/stores.ts';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { promote } from '../support/conversations/promotion.ts';
import { howOften } from '../support/how-often.ts';
import { SHIPPED_FOLDER } from '../support/shipped-programme.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import type { PartProcess } from '../support/world/process.ts';
import { startSecondBot } from '../support/world/second-bot.ts';
import { startWorld, type World } from '../support/world/world.ts';

/** From before a command has opened the store to after it has written. */
const KILLED_AFTER_MS = [900, 1_200, 600, 1_500, 300].slice(0, howOften({ inEachRun: 1, inFull: 5 }));

/** Two bots work on a server; where there is none, or with `LONG=1`, on the embedded store. */
const SERVERS = servers().filter(({ uri }) => uri !== undefined || process.env.LONG || realServerUri() === undefined);

describe.each(SERVERS)('two bots on one database, on the $name server', ({ uri }) => {
  const { folder, remove } = newFolder();
  let store: RunningServer | undefined;
  let database = '';
  let world: World;
  let second: PartProcess;

  beforeAll(async () => {
    if (uri === undefined) store = await startServer({ dataDir: folder });
    const address = new URL(uri ?? store?.uri ?? '');
    if (uri !== undefined) address.pathname = `/world_${randomUUID().slice(0, 8)}`;
    database = address.href;
    world = await startWorld({ env: { MONGODB_URI: database } });
    second = await startSecondBot(world, database);
  });
  afterAll(async () => {
    await second.stop();
    await world.close();
    if (uri !== undefined) await read((db) => db.dropDatabase());
    await store?.close();
    remove();
  });

  /** What is stored, read by a client of this test. */
  async function read<T>(work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
    const client = await new mongoose.mongo.MongoClient(database).connect();
    try {
      return await work(client.db());
    } finally {
      await client.close();
    }
  }

  /** The shipped programme with another name for the name on the sign, as a folder. */
  function calledOtherwise(label: string): string {
    const changed = join(world.dataDir, `programme-${label}`);
    mkdirSync(changed);
    cpSync(SHIPPED_FOLDER, changed, { recursive: true });
    const words = join(changed, 'en.yaml');
    writeFileSync(words, readFileSync(words, 'utf8').replace('label: Name on the sign', `label: ${label}`));
    return changed;
  }

  const settings = () => ({ dataDir: world.dataDir, env: { MONGODB_URI: database } });
  const applies = (label: string) => operatorCommand(settings(), 'programme', 'apply', calledOtherwise(label));

  /** Which version each bot has said last that it works by. */
  const inUse = () =>
    ['bot.log', 'second.log'].map((log) => {
      const lines = readFileSync(join(world.dataDir, log), 'utf8').split('\n');
      const said = lines.flatMap((line) => (line.includes('programme.inUse') ? [JSON.parse(line)] : [])).at(-1);
      return said?.version;
    });
  const bothWorkBy = (version: number) => expect.poll(inUse, { interval: 100 }).toEqual([version, version]);

  test('both work by what was applied, and who submits meanwhile loses nothing', async () => {
    const nok = world.person('staff1');
    await joinIso(nok, world.person('admin1'), NOK);
    await bothWorkBy(1);
    const [, answer] = await Promise.all([promote(nok, { spots: 1, together: true }), applies('Sign')]);
    expect(answer).toMatchObject({ code: 0 });
    await bothWorkBy(2);
    await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
    const items = await read((db) => db.collection('items').find({}).toArray());
    expect(items).toHaveLength(3);
    const [{ programme } = { programme: undefined }] = items;
    expect([1, 2]).toContain(programme);
    expect(items.map((item) => item.programme)).toEqual(items.map(() => programme));
    await nok.says('menu');
    await nok.taps({ action: 'menu.product' });
    await nok.taps({ action: 'promotion.start' });
    expect(JSON.stringify((await nok.card()).forms)).toContain('Sign');
  });

  test('a command that is killed has applied all of it or nothing, and the next one works', async () => {
    for (const [nth, ms] of KILLED_AFTER_MS.entries()) {
      const { PATH, NODE_OPTIONS } = process.env;
      const args = ['dist/scripts/op.js', 'programme', 'apply', calledOtherwise(`Killed ${nth}`)];
      const { dataDir, env } = settings();
      const command = spawn(process.execPath, args, {
        env: { PATH, NODE_OPTIONS, DATA_DIR: dataDir, ...env },
        stdio: 'ignore',
      });
      const ended = once(command, 'exit');
      await Promise.race([ended, after(ms)]);
      command.kill('SIGKILL');
      await ended;
      const versions = await read((db) => db.collection('programmes').find({}).sort({ version: 1 }).toArray());
      expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
      const shown = await operatorCommand(settings(), 'programme', 'show', '--json');
      expect(JSON.parse(shown.out)).toMatchObject({ version: versions.length });
    }
    const before = JSON.parse((await operatorCommand(settings(), 'programme', 'show', '--json')).out);
    expect(await applies('At last')).toMatchObject({ code: 0 });
    await bothWorkBy(Number(before.version) + 1);
  });
});
