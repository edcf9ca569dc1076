import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, database, disconnect } from '../../models/database.ts';
import { startServer } from '../../packages/embedded-store/src/server.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';

// The driver waits for ever for what it writes to a socket that is gone and has not said so yet (NODE driver 7.8 and 7.9): the next
// to be asked after a store ended, often whoever looks whether it is there again.

const { folder, remove } = newFolder();
const sockets: Socket[] = [];
const ends: (() => unknown)[] = [remove];
const remember = (made: unknown): void => void sockets.push((made as { socket: Socket }).socket);
const letters = () => database().collection('letters');

beforeAll(async () => {
  const store = await startServer({ dataDir: folder });
  ends.push(() => store.close());
  diagnostics.subscribe('net.client.socket', remember);
  ends.push(() => diagnostics.unsubscribe('net.client.socket', remember));
  await connect(`${store.uri}&heartbeatFrequencyMS=500&minHeartbeatFrequencyMS=1`);
  ends.push(disconnect);
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

it('who asks in the moment in which the connection ends is answered over another', async () => {
  await letters().insertOne({ a: 1 });
  for (const socket of sockets.splice(0)) socket.destroy();
  expect(await letters().findOne({ a: 1 })).toMatchObject({ a: 1 });
});

it('an answer that no longer gets out is given up with its connection', async () => {
  await letters().findOne({});
  const large = letters().insertOne({ a: 'x'.repeat(12_000_000) });
  while (!sockets.some(({ writableNeedDrain }) => writableNeedDrain)) await new Promise(setImmediate);
  for (const socket of sockets.splice(0)) socket.destroy();
  await large;
  expect(await letters().countDocuments({ a: /^x/ })).toBe(1);
});
