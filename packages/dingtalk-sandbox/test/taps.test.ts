import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aCard, aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

async function withCard(more: object = {}): Promise<TestSandbox> {
  const sandbox = await aSandbox();
  const card = aCard('c1', 'staff1', { title: 'Before', tag: 'kept' }, more);
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card);
  return sandbox;
}

const tap = (sandbox: TestSandbox, more: object = {}) =>
  sandbox.control('POST', '/cards/c1/actions', { userId: 'staff1', actionId: 'go', params: { a: 1 }, ...more });
const shown = async (sandbox: TestSandbox, viewer = 'staff1') =>
  (await sandbox.control('GET', `/cards/c1?viewer=${viewer}`)).body.data;

test('the callback carries the tap in both of its places', async () => {
  const sandbox = await withCard();
  const stream = await aStream(sandbox);
  expect((await tap(sandbox)).body).toMatchObject({ applied: true, response: null });
  const [frame] = stream.frames;
  const content = { cardPrivateData: { actionIds: ['go'], params: { a: 1 } } };
  expect(frame?.data).toMatchObject({
    type: 'actionCallback',
    outTrackId: 'c1',
    corpId: 'demo-corp',
    userId: 'staff1',
  });
  expect(frame?.data).toMatchObject({ userIdType: 1, spaceType: 'IM_ROBOT', spaceId: 'staff1', extension: '{}' });
  expect(JSON.parse(String(frame?.data.content))).toEqual(content);
  expect(JSON.parse(String(frame?.data.value))).toEqual(content);
});

test('an answer overwrites everything unless it asks for by-key', async () => {
  const sandbox = await withCard();
  const answers = [
    { cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: { title: 'By key' } } },
    { cardData: { cardParamMap: { title: 'Over' } } },
  ];
  await aStream(sandbox, () => ({ data: { response: answers.shift() } }));
  await tap(sandbox);
  expect(await shown(sandbox)).toEqual({ title: 'By key', tag: 'kept' });
  await tap(sandbox);
  expect(await shown(sandbox)).toEqual({ title: 'Over' });
});

test('userPrivateData is for the one who tapped, and stands over the public', async () => {
  const sandbox = await withCard();
  await aStream(sandbox, () => ({ data: { response: { userPrivateData: { cardParamMap: { title: 'Mine' } } } } }));
  await tap(sandbox, { userId: 'staff2' });
  expect(await shown(sandbox, 'staff2')).toMatchObject({ title: 'Mine', tag: 'kept' });
  expect(await shown(sandbox, 'staff1')).toMatchObject({ title: 'Before' });
});

test('an answer after two seconds changes nothing', async () => {
  const sandbox = await withCard();
  await aStream(sandbox, async () => {
    await after(2_150);
    return { data: { response: { cardData: { cardParamMap: { title: 'Late' } } } } };
  });
  const answer = await tap(sandbox);
  expect(answer.body).toMatchObject({ applied: false, reason: 'late', response: null });
  expect((await sandbox.control('POST', '/idle')).body).toMatchObject({ idle: true });
  await after(400);
  expect(await shown(sandbox)).toMatchObject({ title: 'Before' });
});

test('without a connection, or without one for cards, a tap fails at once', async () => {
  const sandbox = await withCard();
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'noConnection' });
  const robotOnly = [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }];
  await aStream(sandbox, undefined, { subscriptions: robotOnly });
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'notSubscribed' });
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ pushes: { taps: 0 } });
});

test('only the app that made the card is told, and only when it asked for Stream callbacks', async () => {
  const sandbox = await withCard({ callbackType: 'HTTP' });
  const stream = await aStream(sandbox);
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'notSubscribed' });
  await sandbox.control('POST', '/apps', { clientId: 'other', clientSecret: 'shh' });
  const foreign = await aSandbox();
  await foreign.control('POST', '/apps', { clientId: 'other', clientSecret: 'shh' });
  await foreign.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', { title: 'Before' }));
  await aStream(foreign, undefined, { clientId: 'other', clientSecret: 'shh' });
  expect((await tap(foreign)).body).toMatchObject({ applied: false, reason: 'noConnection' });
  expect(stream.frames).toHaveLength(0);
});

test('an answer with anything but strings, or with an error code, changes nothing', async () => {
  const sandbox = await withCard();
  const answers = [
    { data: { response: { cardData: { cardParamMap: { title: 7 } } } } },
    { code: 500, data: {} },
    { code: 404, data: {} },
    { data: 'not an object' },
  ];
  await aStream(sandbox, () => answers.shift());
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'malformed' });
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'failed' });
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'notSubscribed' });
  expect((await tap(sandbox)).body).toMatchObject({ applied: false, reason: 'malformed' });
  expect(await shown(sandbox)).toMatchObject({ title: 'Before' });
});

test('a repeated tap is the same frame again, one after the other or at once', async () => {
  const sandbox = await withCard();
  const stream = await aStream(sandbox);
  const twice = await tap(sandbox, { repeat: 2 });
  expect(twice.body).toMatchObject({ applied: true, repeats: [{ applied: true }, { applied: true }] });
  await tap(sandbox, { repeat: 3, atOnce: true });
  const ids = stream.frames.map((frame) => frame.headers.messageId);
  expect(new Set(ids.slice(0, 2)).size).toBe(1);
  expect(new Set(ids.slice(2)).size).toBe(1);
  expect(ids).toHaveLength(5);
  expect((await sandbox.control('GET', '/stats?userId=staff1')).body).toMatchObject({
    pushes: { taps: 2, redelivered: 3 },
  });
});

test('whoever is in the organisation can tap, whoever is not cannot', async () => {
  const sandbox = await withCard();
  await aStream(sandbox);
  expect((await tap(sandbox, { userId: 'admin1' })).body).toMatchObject({ applied: true });
  expect((await tap(sandbox, { userId: 'outsider1' })).status).toBe(403);
  expect((await tap(sandbox, { userId: 'nobody' })).status).toBe(404);
  expect((await tap(sandbox, { actionId: '' })).status).toBe(400);
  const unknown = { userId: 'staff1', actionId: 'go', params: {} };
  expect((await sandbox.control('POST', '/cards/none/actions', unknown)).status).toBe(404);
});
