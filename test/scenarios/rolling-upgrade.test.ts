import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '../../bench/crowd.ts';
import { openLoop } from '../../bench/open-loop.ts';
import { tapNext } from '../../bench/taps.ts';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';
import { join as joinIso } from '../support/conversations/joining.ts';
import { howOften } from '../support/how-often.ts';
import { freePort } from '../support/world/free-port.ts';
import { PartProcess } from '../support/world/process.ts';
import { startWorld, type World } from '../support/world/world.ts';

const server = realServerUri();
const WHY = 'needs a MongoDB server: MONGODB_URI or REALDB_URI';
/** How many taps a second a machine can carry that does other things as well says nothing; in full it is to have nothing else to do. */
const TAPS_A_SECOND = howOften({ inEachRun: 5, inFull: 50 });
const ROUNDS = howOften({ inEachRun: 1, inFull: 5 });
/** Nobody taps before the last tap is through: at many a second it has to be more people. */
const PEOPLE = howOften({ inEachRun: 2, inFull: 8 });
const BOTS = process.env.LONG ? [2, 3] : [3];
/** The answer reaches the card within two seconds of the push; on a machine that does other things as well it comes when it can. */
const IN_TIME_MS = howOften({ inEachRun: Infinity, inFull: 2_000 });

function databaseOf(uri: string): string {
  const address = new URL(uri);
  address.pathname = `/rolling_${randomUUID().slice(0, 8)}`;
  return address.href;
}

/** What a busy machine or a lost race brings is no mistake of ours. */
function mistakesIn(log: string): readonly string[] {
  return log.split('\n').filter((line) => /"code":"bug\.|"event":"(?:\w+\.bug|bot\.un\w+|update\.failed)"/.test(line));
}

const WHERE = `on a MongoDB server${server === undefined ? ` (${WHY})` : ''}, %i bots`;

describe.skipIf(server === undefined).each(BOTS)(WHERE, (bots) => {
  const names = ['second', 'third'].slice(0, bots - 1);
  const uri = databaseOf(server ?? 'mongodb://127.0.0.1');
  const shared = { MONGODB_URI: uri, DATA_KEY: Buffer.alloc(32, 7).toString('base64') };
  let world: World;
  let others: readonly PartProcess[] = [];
  const logOf = (name: string): string => readFileSync(join(world.dataDir, `${name}.log`), 'utf8');

  /** Another bot at the world's DingTalk and database, with a folder of its own. */
  async function another(name: string): Promise<PartProcess> {
    const port = await freePort();
    const dataDir = join(world.dataDir, name);
    mkdirSync(dataDir);
    const base = new URL(world.sandbox.url).origin;
    return new PartProcess({
      name,
      entry: 'dist/src/main.js',
      env: { ...shared, DATA_DIR: dataDir, PORT: String(port), DINGTALK_API_BASE: base, DINGTALK_OAPI_BASE: base },
      logFile: join(world.dataDir, `${name}.log`),
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
  }

  beforeAll(async () => {
    world = await startWorld({ bot: false, env: { ...shared, DINGTALK_CALLS_A_MONTH: '100000' } });
    others = await Promise.all(names.map(another));
  });
  afterAll(async () => {
    await Promise.all(others.map((bot) => bot.stop()));
    await world?.close();
    const client = await new mongoose.mongo.MongoClient(uri).connect();
    await client.db().dropDatabase();
    await client.close();
  });

  test('started at the same moment on a database that is empty they prepare it once, and all work', async () => {
    await Promise.all([world.startBot(), ...others.map((bot) => bot.start())]);
    await expect.poll(async () => (await world.stats()).connections).toBe(2 * bots);
    const logs = [world.botLog(1_000), ...names.map(logOf)];
    expect(logs.filter((log) => log.includes('"event":"store.indexed"'))).toHaveLength(1);
    expect(logs.flatMap(mistakesIn)).toEqual([]);
  });

  test('replaced one after the other by SIGTERM under taps: none is late, none lost but in a goodbye, every card is right', async () => {
    // only of one bot alone it is known when all is at rest
    await Promise.all(others.map((bot) => bot.stop()));
    const crowd: Member[] = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      const [name, mobile] = [`Member ${index}`, `+66-82100${1_000 + index}`];
      const person = await world.newPerson({ name, mobile, joined: true });
      await joinIso(person, world.person('admin1'), { name, phone: mobile });
      await person.says('menu');
      const { outTrackId, buttons } = await person.card();
      crowd.push({ userId: person.userId, outTrackId, buttons });
    }
    await Promise.all(others.map((bot) => bot.start()));
    await expect.poll(async () => (await world.stats()).connections).toBe(2 * bots);
    const tap = (index: number): Promise<number> => tapNext(world, crowd, index);
    let going = true;
    const replaced = (async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const bot of others) {
          expect(await bot.stop()).toBe(0);
          await bot.start();
        }
        expect(await world.stopBot()).toBe(0);
        await world.startBot();
      }
    })().finally(() => {
      going = false;
    });
    const latencies: number[] = [];
    const lost: string[] = [];
    while (going) {
      const slice = await openLoop({ perSecond: TAPS_A_SECOND, seconds: 1, people: crowd.length, tap });
      latencies.push(...slice.latencies);
      lost.push(...Object.entries(slice.lost).flatMap(([why, times]) => Array<string>(times).fill(why)));
    }
    await replaced;
    expect(latencies.length).toBeGreaterThan(TAPS_A_SECOND);
    expect(latencies.filter((ms) => ms > IN_TIME_MS)).toEqual([]);
    // after its goodbye nobody can answer on a connection any more (RFC 6455, 5.5.1); each bot says two in a round
    expect(lost.length, lost.join()).toBeLessThanOrEqual(ROUNDS * (others.length + 1));
    await world.untilIdle();
    for (const [index] of crowd.entries()) await tap(index);
  });

  test('nothing was given up, and no log tells of a mistake of ours', async () => {
    const client = await new mongoose.mongo.MongoClient(uri).connect();
    expect(await client.db().collection('outbox').countDocuments({ state: 'DEAD' })).toBe(0);
    expect(await client.db().collection('inbox').countDocuments({ applied: false })).toBe(0);
    await client.close();
    expect([world.botLog(10_000), ...names.map(logOf)].flatMap(mistakesIn)).toEqual([]);
  });
});
