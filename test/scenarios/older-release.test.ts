import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'libsql';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect } from 'vitest';
import { MIGRATIONS } from '../../migrations/list.ts';
import { startServer } from '../../packages/embedded-store/src/server.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import type { Person } from '../support/world/person.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { startWorld, type World } from '../support/world/world.ts';

/** What a bot of an older release, and the sandbox of its time, left in their folder: README.md beside it says how it was made. */
const LEFT = 'test/support/older-release';
const { now, writtenBy } = JSON.parse(readFileSync(join(LEFT, 'left.json'), 'utf8'));
const DATA_KEY = Buffer.alloc(32, 7).toString('base64');

const it = story('What an older release has written goes on with this one');
let world: World;
let nok: Person;

beforeAll(async () => {
  world = await startWorld({ bot: false, env: { DATA_KEY } });
  await world.parts.sandbox.stop();
  for (const name of ['photos', 'outgoing', 'incoming', 'reviewer.json'])
    cpSync(join(LEFT, name), join(world.dataDir, name), { recursive: true });
  for (const entry of readdirSync(join(LEFT, 'photos'), { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      cpSync(join(entry.parentPath, entry.name), join(world.dataDir, 'outgoing', 'photos', entry.name));
  for (const name of ['mongo.db', 'sandbox.db'])
    writeFileSync(join(world.dataDir, name), gunzipSync(readFileSync(join(LEFT, `${name}.gz`))));
  await goOnAt(world.dataDir, now);
  await world.parts.sandbox.start();
  nok = world.person('staff1');
});
afterAll(() => world?.close());

/** The time goes on where it ended, on whatever day this is played: nothing has lapsed meanwhile. */
async function goOnAt(dataDir: string, at: number): Promise<void> {
  const offset = at - Date.now();
  const sandbox = new Database(join(dataDir, 'sandbox.db'));
  sandbox.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run('clockOffsetMs', String(offset));
  sandbox.close();
  const store = await startServer({ dataDir });
  const client = await new mongoose.mongo.MongoClient(store.uri).connect();
  const settings = client.db().collection<{ _id: string }>('settings');
  await settings.updateOne({ _id: 'clockOffsetMs' }, { $set: { value: offset } }, { upsert: true });
  expect(await client.db().collection('storeversion').findOne({})).toMatchObject({ writtenBy });
  await client.close();
  await store.close();
}

it('its data is brought into the form of this one, and nothing of it is damaged', async () => {
  await world.startBot();
  await world.untilIdle();
  const steps = world
    .botLog(1_000)
    .split('\n')
    .filter((line) => line.includes('"store.migrated"'));
  expect(steps).toHaveLength(MIGRATIONS.length - writtenBy);
  expect(world.botLog(1_000)).not.toMatch(
    /"code":"bug\.|"event":"(?:\w+\.bug|bot\.un\w+|update\.failed|store\.damaged)"/,
  );
  const checked = await operatorCommand({ dataDir: world.dataDir, env: { DATA_KEY } }, 'store', 'check');
  expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('photos') });
});

it('she goes on in the middle of the promotion that she had begun on it, and submits', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Check and submit', 'Nine Mart');
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/, 'Nine Mart');
});

it('what had failed then is put right now, and what was handed over then is judged now', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'review.mine' });
  await nok.taps({ action: 'review.list' });
  await nok.taps(/Baan Coffee/);
  await nok.taps('Modify');
  await nok.sends(await pictures.closeup(codeOf('AA', 1), { seed: 51 }));
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)');
  await world.nextDay();
  await nok.sees('Results up to', '2 approved', '1 again, 3 approved');
  await nok.says('menu');
  await nok.taps({ action: 'review.mine' });
  expect((await nok.card()).text).not.toMatch(/✗[^\n]*[1-9]/);
});

it('each thing was handed over once, and what happened before is told with what happened since', async () => {
  const keys = outgoingLines(world).map(({ submissionKey }) => submissionKey);
  expect(new Set(keys).size).toBe(keys.length);
  const { submissions, outbox, promotions } = await storedRows(world);
  expect(submissions.filter(({ handedOver }) => handedOver !== true)).toEqual([]);
  expect(outbox.filter(({ state }) => state === 'DEAD')).toEqual([]);
  const [first] = promotions;
  const env = { DATA_KEY };
  const { out } = await operatorCommand({ dataDir: world.dataDir, env }, 'why', String(first?.number));
  expect(out).toMatch(/submitted the promotion[\s\S]*REJECTED[\s\S]*began to put it right[\s\S]*submitted it again/);
});
