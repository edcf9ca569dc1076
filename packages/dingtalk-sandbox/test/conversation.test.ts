import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

const goButton = { type: 'sendCardRequest', params: { actionId: 'go', params: { action: 'x.y' } } };

test('a text reaches the bot, a card comes back, a tap changes it', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox, (frame) =>
    frame.headers.topic === '/v1.0/card/instances/callback'
      ? { data: { response: { cardData: { cardParamMap: { title: 'Done' } } } } }
      : { data: { response: null } },
  );
  const sent = await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  const [frame] = await stream.received(1);
  expect(frame?.data).toMatchObject({ msgId: sent.body.msgId, text: { content: 'hi' }, senderStaffId: 'staff1' });

  const buttons = JSON.stringify([{ text: 'Go', color: 'blue', action: goButton }]);
  const card = aCard('c1', 'staff1', { title: 'Hello', buttons });
  const made = await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card);
  expect(made.body).toMatchObject({ success: true, result: { outTrackId: 'c1', deliverResults: [{ success: true }] } });
  const before = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  const view = { title: 'Hello', buttons: [{ label: 'Go', actionId: 'go', params: { action: 'x.y' }, color: 'blue' }] };
  expect(before).toMatchObject([
    { pos: 1, kind: 'text', from: 'staff1', text: 'hi' },
    { pos: 2, kind: 'card', view },
  ]);

  const tap = { userId: 'staff1', actionId: 'go', params: { action: 'x.y' } };
  const tapped = await sandbox.control('POST', '/cards/c1/actions', tap);
  expect(tapped.body).toMatchObject({ applied: true, response: { cardData: { cardParamMap: { title: 'Done' } } } });
  expect((await sandbox.control('POST', '/idle')).body).toMatchObject({ idle: true });
  const after = (await sandbox.control<Entry[]>('GET', '/conversations/staff1?after=2')).body;
  expect(after).toMatchObject([{ pos: 2, seq: 3, view: { title: 'Done', buttons: [] } }]);
});

test('a long poll answers as soon as something changes, and with nothing when its time is over', async () => {
  const sandbox = await aSandbox();
  const waiting = sandbox.control<Entry[]>('GET', '/conversations/staff1?after=0&wait=20000');
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'one' });
  expect((await waiting).body).toMatchObject([{ seq: 1, text: 'one' }]);
  expect((await sandbox.control('GET', '/conversations/staff1?after=1&wait=30')).body).toEqual([]);
});

test('a change in another conversation does not end a long poll', async () => {
  const sandbox = await aSandbox();
  const waiting = sandbox.control<Entry[]>('GET', '/conversations/staff1?wait=20000');
  await sandbox.control('POST', '/messages', { from: 'staff2', text: 'not for you' });
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'for you' });
  expect((await waiting).body.map((entry) => entry.text)).toEqual(['for you']);
});

test('only members look into a group, and each sees what was meant for them', async () => {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/messages', { from: 'staff1', to: 'cid-demo', text: 'hello all' });
  const group = aCard(
    'g1',
    '',
    { title: 'Digest', note: 'for all' },
    {
      openSpaceId: 'dtv1.card//im_group.cid-demo',
      imGroupOpenSpaceModel: { supportForward: false },
      imGroupOpenDeliverModel: { robotCode: 'demo-client', recipients: ['admin1'] },
      privateData: { admin1: { cardParamMap: { title: 'For Ploy' } } },
    },
  );
  expect((await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', group)).status).toBe(200);
  const seenBy = async (viewer: string) => sandbox.control<Entry[]>('GET', `/conversations/cid-demo?viewer=${viewer}`);
  expect((await seenBy('staff1')).body.map((entry) => entry.kind)).toEqual(['text']);
  expect((await seenBy('admin1')).body).toMatchObject([{ kind: 'text' }, { view: { title: 'For Ploy' } }]);
  expect((await seenBy('outsider1')).status).toBe(403);
  expect((await seenBy('nobody')).status).toBe(404);
  expect((await sandbox.control('GET', '/conversations/cid-demo')).status).toBe(400);
  expect((await sandbox.control('GET', '/conversations/staff1?viewer=staff2')).status).toBe(403);
  expect((await sandbox.control('GET', '/conversations/staff1?after=x')).status).toBe(400);
});

test('a card shows private over public, its values parsed by their declared type', async () => {
  const sandbox = await aSandbox();
  const card = aCard(
    'p1',
    'staff1',
    { title: '42', percent: '40', step: '{"number":1,"total":4}', table: '{broken', body: '{"not":"parsed"}' },
    { privateData: { staff1: { cardParamMap: { title: 'Mine' } } } },
  );
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card);
  const mine = await sandbox.control('GET', '/cards/p1?viewer=staff1');
  expect(mine.body).toMatchObject({
    data: { title: 'Mine', percent: 40, step: { number: 1 }, table: '{broken', body: '{"not":"parsed"}' },
    view: { title: 'Mine', texts: ['Step 1 of 4', '{"not":"parsed"}'] },
  });
  expect((await sandbox.control('GET', '/cards/p1')).body).toMatchObject({ view: { title: '42' } });
  expect((await sandbox.control('GET', '/cards/none')).status).toBe(404);
});
