import { MovableClock } from '@field/kit/clock';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { aCard, aSandbox } from './support/sandbox.ts';

/** Machine time that goes only as a test says, to see tokens, tickets and links grow old, however slow the machine is. */
class AgeingClock extends MovableClock {
  ageMs = 0;
  readonly #start = Date.now();

  override machine(): number {
    return this.#start + this.ageMs;
  }
}

test('a ticket is over after ninety seconds, a token after two hours, a link after ten minutes', async () => {
  const clock = new AgeingClock();
  const sandbox = await aSandbox({ clock });
  const token = await sandbox.demoToken();
  const opened = await sandbox.ask('POST', '/v1.0/gateway/connections/open', {
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    subscriptions: [{ type: 'EVENT', topic: '*' }],
  });
  const form = new FormData();
  form.append('from', 'staff1');
  form.append('picture', new Blob(['x']), 'a.jpg');
  await sandbox.control('POST', '/messages', form);
  const entries = (await sandbox.control<{ files: { downloadCode: string }[] }[]>('GET', '/conversations/staff1')).body;
  const ask = { downloadCode: entries[0]?.files[0]?.downloadCode, robotCode: 'demo-client' };
  const { downloadUrl } = (await sandbox.api('POST', '/v1.0/robot/messageFiles/download', ask, token)).body;

  clock.ageMs = 90_000;
  const status = await new Promise((resolve) => {
    const socket = new WebSocket(`${opened.body.endpoint}?ticket=${opened.body.ticket}`);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('open', () => resolve(101));
    socket.on('error', () => undefined);
  });
  expect(status).toBe(401);
  expect((await fetch(String(downloadUrl))).status).toBe(200);
  clock.ageMs = 600_000;
  expect((await fetch(String(downloadUrl))).status).toBe(403);
  const create = (id: string, given: string) =>
    sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard(id, 'staff1', {}), given);
  clock.ageMs = 7_199_999;
  expect((await create('c1', token)).status).toBe(200);
  clock.ageMs = 7_200_000;
  expect((await create('c2', token)).body).toMatchObject({ code: 'InvalidAuthentication' });
  expect(await sandbox.demoToken()).not.toBe(token);
});

test('a connection is kept while its client is busy with something else', async () => {
  const sandbox = await aSandbox();
  const { headers } = await fetch(`${sandbox.url}/sandbox/api/users`);
  expect(headers.get('keep-alive')).toBe('timeout=600');
});
