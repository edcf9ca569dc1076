import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect } from 'vitest';
import { MIGRATIONS } from '../../migrations/list.ts';
import { type RunningServer, startServer } from '../../packages/embedded-store/src/server.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { freePort } from '../support/world/free-port.ts';
import type { Person } from '../support/world/person.ts';
import type { PartProcess } from '../support/world/process.ts';
import { reach } from '../support/world/reach.ts';
import { startSecondBot } from '../support/world/second-bot.ts';
import { startWorld, type World } from '../support/world/world.ts';

const KNOWN = MIGRATIONS.length;
/** What a release writes that this one knows nothing of. */
const LATER = { ofALaterRelease: 'kept' };

const it = story('Two releases on one store');
const { folder, remove } = newFolder();
let store: RunningServer;
let client: mongoose.mongo.MongoClient;
let world: World;
let nok: Person;
let second: PartProcess | undefined;
beforeAll(async () => {
  store = await startServer({ dataDir: folder });
  client = await new mongoose.mongo.MongoClient(store.uri).connect();
  world = await startWorld({ env: { MONGODB_URI: store.uri } });
  nok = world.person('staff1');
  await joinIso(nok, world.person('admin1'), NOK);
});
afterAll(async () => {
  await second?.stop();
  await world?.close();
  await client?.close();
  await store?.close();
  remove();
});

/** As the next release leaves it, whose step is done: written by it, readable from this one on. */
const says = (writtenBy: number, readableFrom: number) =>
  client
    .db()
    .collection<{ _id: string }>('storeversion')
    .updateOne({ _id: 'store' }, { $set: { writtenBy, readableFrom } });

/** The ids of what a later release widened, by collection. */
async function widened(): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const found = new Map<string, readonly unknown[]>();
  for (const { name } of await client.db().listCollections({}, { nameOnly: true }).toArray()) {
    const rows = client.db().collection(name);
    found.set(
      name,
      (await rows.find(LATER, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
    );
  }
  return found;
}

it('the next one widens all rows in the middle of a promotion, with an index and a collection of its own', async () => {
  await reach(nok, 'photos');
  await world.untilIdle();
  await says(KNOWN + 1, KNOWN);
  for (const { name } of await client.db().listCollections({}, { nameOnly: true }).toArray())
    if (name !== 'storeversion') await client.db().collection(name).updateMany({}, { $set: LATER });
  await client.db().collection('drafts').createIndex({ ofALaterRelease: 1 }, { name: 'later' });
  await client
    .db()
    .collection('later')
    .insertOne({ ...LATER });
  expect((await widened()).get('drafts')).toHaveLength(1);
});

it('a process of this one starts beside it, works, and takes nothing away of what it does not know', async () => {
  const before = await widened();
  second = await startSecondBot(world, store.uri);
  await nok.sends(await pictures.counter(3), await pictures.closeup(codeOf('AA', 0)));
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.taps('Submit');
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
  const handedOver = client.db().collection('submissions').countDocuments({ handedOver: true });
  expect(await handedOver).toBe(3);

  const after = await widened();
  const lost: string[] = [];
  for (const [name, ids] of before) {
    const there = await client
      .db()
      .collection(name)
      .find({ _id: { $in: ids as never[] } })
      .toArray();
    const kept = new Set((after.get(name) ?? []).map(String));
    lost.push(...there.filter(({ _id }) => !kept.has(String(_id))).map(({ _id }) => `${name} ${String(_id)}`));
  }
  expect(lost).toEqual([]);
  expect((await client.db().collection('drafts').indexes()).map(({ name }) => name)).toContain('later');
  const version = await client.db().collection('storeversion').findOne({});
  expect(version).toMatchObject({ writtenBy: KNOWN + 1, readableFrom: KNOWN });
});

it('what cannot be read by this one any more is refused at its start with one line, and changes nothing', async () => {
  await says(KNOWN + 1, KNOWN + 1);
  const dataDir = join(world.dataDir, 'refused');
  mkdirSync(dataDir);
  const { PATH } = process.env;
  const base = new URL(world.sandbox.url).origin;
  const bot = spawn(process.execPath, ['dist/src/main.js'], {
    env: {
      PATH,
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      MONGODB_URI: store.uri,
      DINGTALK_API_BASE: base,
      DINGTALK_OAPI_BASE: base,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(bot.stderr), once(bot, 'exit')]);
  expect(code).toBe(78);
  expect(said.trim().split('\n')).toEqual([expect.stringContaining('The data was written by a newer release')]);
  await nok.says('menu');
  await nok.sees('Hi Nok');
});
