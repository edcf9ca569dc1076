import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import type { PartProcess } from '../support/world/process.ts';
import { startSecondBot } from '../support/world/second-bot.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { startWorld, type World } from '../support/world/world.ts';

const server = realServerUri();
const WHY = 'needs a MongoDB server: MONGODB_URI or REALDB_URI';

function databaseOf(uri: string): string {
  const address = new URL(uri);
  address.pathname = `/world_${randomUUID().slice(0, 8)}`;
  return address.href;
}

/** What was stored, read by a client of this test. */
async function read<T>(uri: string, work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}

const drop = (uri: string) => read(uri, (db) => db.dropDatabase());

/** One promotion with these spots, and what stands at each, was submitted and handed over, and its photos are in the database. */
async function expectSubmitted(uri: string, spots: number): Promise<void> {
  await read(uri, async (db) => {
    expect(await db.collection('promotions').countDocuments({})).toBe(1);
    expect(await db.collection('spots').countDocuments({})).toBe(spots);
    expect(await db.collection('bindings').countDocuments({ state: 'ACTIVE' })).toBe(spots);
    // by either bot: the one that is asked whether anything is left may know nothing of it
    const handedOver = () => db.collection('submissions').countDocuments({ handedOver: true });
    await expect.poll(handedOver, { timeout: 10_000 }).toBe(1 + 2 * spots);
    const photos = await db.collection<{ contentHash: string }>('photos').find({}).toArray();
    const files = await db.collection('photofiles.files').find({}).toArray();
    expect(photos).toHaveLength(1 + 2 * spots);
    expect(files.map(({ _id }) => String(_id)).sort()).toEqual(photos.map(({ contentHash }) => contentHash).sort());
    const unsent = () => db.collection('outbox').countDocuments({ state: { $ne: 'SENT' } });
    await expect.poll(unsent, { timeout: 10_000 }).toBe(0);
  });
}

describe.skipIf(server === undefined)(`on a MongoDB server (${server === undefined ? WHY : 'one bot'})`, () => {
  const uri = databaseOf(server ?? 'mongodb://127.0.0.1');
  const it = story('Nok promotes a shop on a server');
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ env: { MONGODB_URI: uri } });
  });
  afterAll(async () => {
    await world.close();
    await drop(uri);
  });

  it('the whole conversation works, and photos are kept in the database', async () => {
    const nok = world.person('staff1');
    await joinIso(nok, world.person('admin1'), NOK);
    await promote(nok, { spots: 2, together: true });
    await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
    await expectSubmitted(uri, 2);
  });

  it('a bot that was killed goes on where it stopped', async () => {
    await world.restartBot();
    const nok = world.person('staff1');
    await nok.says('menu');
    await nok.sees('Alipay+ Marketing Code');
  });
});

describe.skipIf(server === undefined)(`on a MongoDB server (${server === undefined ? WHY : 'two bots'})`, () => {
  const uri = databaseOf(server ?? 'mongodb://127.0.0.1');
  let world: World;
  let second: PartProcess;
  beforeAll(async () => {
    world = await startWorld({ env: { MONGODB_URI: uri } });
    second = await startSecondBot(world, uri);
  });
  afterAll(async () => {
    await second.stop();
    await world.close();
    await drop(uri);
  });

  test('the same conversation works, whichever of them takes an update', async () => {
    await expect.poll(async () => (await world.stats()).connections).toBe(4);
    const nok = world.person('staff1');
    await joinIso(nok, world.person('admin1'), NOK);
    await promote(nok, { spots: 2, together: true });
    await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
    await expectSubmitted(uri, 2);
    const cards = (await nok.entries()).flatMap(({ outTrackId }) => outTrackId ?? []);
    expect(new Set(cards).size).toBe(cards.length);
  });

  test('of two that are replaced one after the other every tap is answered, but one that was pushed as either said goodbye', async () => {
    const nok = world.person('staff1');
    await nok.says('menu');
    const card = await nok.card('Hi Nok');
    let going = true;
    const replaced = (async () => {
      await second.stop();
      await second.start();
      await world.stopBot();
      await world.startBot();
    })().finally(() => {
      going = false;
    });
    const answers: boolean[] = [];
    while (going) answers.push((await nok.taps('Language', { on: card, withoutWaiting: true })).applied);
    await replaced;
    expect(answers.length).toBeGreaterThan(2);
    // after its goodbye nobody can answer on a connection any more (RFC 6455, 5.5.1): the card is mended
    expect(answers.filter((applied) => !applied).length).toBeLessThanOrEqual(2);
    await world.untilIdle();
    expect((await nok.card()).title).toMatch(wordsOf('language.title'));
  });
});
