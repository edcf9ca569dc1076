import { expect, test } from 'vitest';
import type { Exchange } from '../src/protocol/exchange.ts';
import { aCard, aSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

test('frames and calls are kept with what came back, in order, and without secrets', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  const bot = await aStream(sandbox);
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  await bot.received(1);
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', { title: 'Store' }));
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c2', 'nobody', {}));
  const list = async () => (await sandbox.control<Exchange[]>('GET', '/traffic')).body;
  await expect
    .poll(async () => (await list()).map(({ kind, name, userId, outcome }) => [kind, name, userId, outcome]))
    .toEqual(
      expect.arrayContaining([
        ['push', '/v1.0/im/bot/messages/get', 'staff1', '200'],
        ['call', 'POST /v1.0/card/instances/createAndDeliver', 'staff1', '200'],
        ['call', 'POST /v1.0/card/instances/createAndDeliver', 'nobody', '400'],
      ]),
    );
  const all = await list();
  expect(all.map(({ n }) => n)).toEqual(all.map(({ n }) => n).toSorted((a, b) => a - b));
  const text = JSON.stringify(all);
  expect(text).toContain('Store');
  expect(text).not.toContain(token);
  expect(text).not.toContain('demo-secret');
  await sandbox.control('DELETE', '/traffic');
  expect(await list()).toEqual([]);
});
