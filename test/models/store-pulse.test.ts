import mongoose, { mongo } from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { connect, database, disconnect } from '../../models/database.ts';
import { feelPulse, STORE_SILENT_MS, whileHeard } from '../../models/store-pulse.ts';
import { startServer } from '../../packages/embedded-store/src/server.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { SteppingPrimary } from '../support/world/stepping-primary.ts';

const HELD = mongo.ObjectId.createFromTime(1);
const FOR_LONG = { interval: 10, timeout: 10_000 };
const { folder, remove } = newFolder();
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
  remove();
});

it('who taps while another primary is chosen waits for it a moment, and no longer', async () => {
  const store = await startServer({ dataDir: folder });
  ends.push(() => store.close());
  const primary = await SteppingPrimary.before(store.uri);
  ends.push(() => primary.close());
  await connect(primary.uri);
  ends.push(disconnect);
  let now = 7_000;
  const { silentForMs } = feelPulse({ machine: () => now });
  const letters = () => database().collection('letters');
  await letters().insertOne({ a: 1 });
  expect(silentForMs()).toBe(0);

  await primary.stepsDown(91);
  await expect(letters().insertOne({ a: 1 })).rejects.toMatchObject({ code: 91 });
  expect(silentForMs()).toBeLessThan(STORE_SILENT_MS);
  now += STORE_SILENT_MS;
  expect(silentForMs()).toBe(STORE_SILENT_MS);

  primary.isElected();
  await letters().insertOne({ a: 1 });
  expect(silentForMs()).toBe(0);
});

it('who listens no more asks nothing, and hears of nothing', async () => {
  const client = mongoose.connection.getClient();
  const heard = () => client.eventNames().map((event) => [event, client.listenerCount(event)]);
  const before = heard();
  const pulse = feelPulse({ machine: () => 7_000 });
  expect(heard()).not.toEqual(before);
  pulse.close();
  expect(heard()).toEqual(before);
});

it('a store whose turn to write is waited for is heard meanwhile: it is busy, not silent', async () => {
  const letters = () => database().collection('letters');
  const { silentForMs } = feelPulse({ machine: () => performance.now() });
  const session = await mongoose.connection.startSession();
  session.startTransaction();
  await letters().insertOne({ _id: HELD }, { session });
  const waiting = letters().insertOne({ _id: HELD });
  const ended = waiting.then(
    () => 'written',
    () => 'refused',
  );
  let longest = 0;
  await expect
    .poll(() => {
      const silent = silentForMs();
      longest = Math.max(longest, silent);
      return longest - silent;
    }, FOR_LONG)
    .toBeGreaterThan(STORE_SILENT_MS / 5);
  expect(await Promise.race([ended, 'waits'])).toBe('waits');
  await session.abortTransaction();
  await session.endSession();
  expect(await ended).toBe('written');
});

it('nobody waits for what is done while the store says nothing, and everybody for what it does otherwise', async () => {
  let silentMs = 0;
  const pulse = { silentForMs: () => silentMs };
  const never = new Promise<never>(() => undefined);
  expect(await whileHeard(pulse, Promise.resolve('done'))).toBe('done');
  await expect(whileHeard(pulse, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  const waiting = whileHeard(pulse, never);
  silentMs = STORE_SILENT_MS;
  expect(await waiting).toBe('silent');
});
