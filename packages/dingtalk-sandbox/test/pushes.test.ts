import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { aCard, aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream, type SeenFrame } from './support/stream.ts';

const MINUTE = 60_000;
const say = (sandbox: TestSandbox, text: string) => sandbox.control('POST', '/messages', { from: 'staff1', text });
const fault = (sandbox: TestSandbox, body: object) => sandbox.control('POST', '/faults', body);
const advance = (sandbox: TestSandbox, advanceMs: number) => sandbox.control('POST', '/clock', { advanceMs });
const texts = (frames: readonly SeenFrame[]) => frames.map(({ data }) => (data.text as { content: string }).content);
const ok = { data: { response: null } };

test('a message without an acknowledgement comes once more after a minute of the demo', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox, () => undefined);
  await say(sandbox, 'hi');
  await stream.received(1);
  await advance(sandbox, MINUTE - 20_000);
  expect(stream.frames).toHaveLength(1);
  await advance(sandbox, 20_000);
  const [first, second] = await stream.received(2);
  expect(second?.data.msgId).toBe(first?.data.msgId);
  expect(second?.headers.messageId).toBe(first?.headers.messageId);
  await advance(sandbox, 10 * MINUTE);
  expect(stream.frames).toHaveLength(2);
  const stats = await sandbox.control('GET', '/stats?userId=staff1');
  expect(stats.body).toMatchObject({ pushes: { messages: 1, redelivered: 1 } });
});

test('knob: what comes again has a new messageId, and either is acknowledged', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox, () => undefined);
  await fault(sandbox, { kind: 'newMessageId' });
  await say(sandbox, 'hi');
  await sandbox.control('POST', '/users/staff2/leave');
  await stream.received(2);
  await advance(sandbox, MINUTE);
  const ids = (type: string) =>
    stream.frames.filter((frame) => frame.type === type).map(({ headers }) => headers.messageId);
  expect(new Set(ids('CALLBACK')).size).toBe(2);
  expect(new Set(ids('EVENT')).size).toBe(ids('EVENT').length);
  expect(ids('EVENT').length).toBeGreaterThan(2);
});

test('an event comes again under its own messageId', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox, () => ({ data: { status: 'LATER' } }));
  await sandbox.control('POST', '/users/staff2/leave');
  await stream.received(1);
  await advance(sandbox, MINUTE);
  expect(stream.frames.length).toBeGreaterThan(2);
  expect(new Set(stream.frames.map(({ headers }) => headers.messageId)).size).toBe(1);
});

test('an acknowledged message does not come again', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await say(sandbox, 'hi');
  await sandbox.control('POST', '/idle');
  await advance(sandbox, 5 * MINUTE);
  expect(stream.frames).toHaveLength(1);
});

test('a message without a connection waits for its minute, in order', async () => {
  const sandbox = await aSandbox();
  for (const text of ['one', 'two', 'three']) await say(sandbox, text);
  const stream = await aStream(sandbox);
  expect((await sandbox.control('POST', '/idle')).body).toEqual({ idle: true, waiting: 3 });
  expect(stream.frames).toHaveLength(0);
  await advance(sandbox, 2 * MINUTE);
  expect(texts(stream.frames)).toEqual(['one', 'two', 'three']);
});

test('knobs: acknowledgement ignored, frame doubled, held back, lost, emptied, never repeated', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await fault(sandbox, { kind: 'dropAck', times: 1, on: 'message' });
  await say(sandbox, 'again');
  await advance(sandbox, MINUTE);
  expect(texts(await stream.received(2))).toEqual(['again', 'again']);

  await fault(sandbox, { kind: 'duplicatePush', times: 1, userId: 'staff1' });
  await say(sandbox, 'double');
  const [, , a, b] = await stream.received(4);
  expect(b?.headers.messageId).toBe(a?.headers.messageId);

  await fault(sandbox, { kind: 'delayPush', delayMs: 150, times: 1 });
  await say(sandbox, 'slow');
  await say(sandbox, 'quick');
  expect(texts((await stream.received(6)).slice(4))).toEqual(['quick', 'slow']);

  await fault(sandbox, { kind: 'dropPush', times: 1 });
  await say(sandbox, 'lost at first');
  await advance(sandbox, MINUTE);
  expect(texts((await stream.received(7)).slice(6))).toEqual(['lost at first']);

  await fault(sandbox, { kind: 'quotaUsedUp', times: 1 });
  expect((await say(sandbox, 'unheard')).body).toMatchObject({ withoutContent: true });
  const [, , , , , , , emptied] = await stream.received(8);
  expect(emptied?.data).toMatchObject({ msgtype: 'text', errorCode: '20001' });
  expect(emptied?.data.text).toBeUndefined();

  await fault(sandbox, [{ kind: 'dropAck' }, { kind: 'fireAndForget' }]);
  expect((await say(sandbox, 'once only')).body).not.toHaveProperty('withoutContent');
  await stream.received(9);
  await advance(sandbox, 5 * MINUTE);
  expect(stream.frames).toHaveLength(9);
});

test('an event comes until it is accepted', async () => {
  const sandbox = await aSandbox();
  const answers = [{ data: {} }, { data: { status: 'LATER' } }];
  const stream = await aStream(sandbox, () => answers.shift() ?? { data: { status: 'SUCCESS' } });
  await sandbox.control('POST', '/users/staff2/leave');
  await stream.received(1);
  await advance(sandbox, 10 * MINUTE);
  expect(stream.frames).toHaveLength(3);
  expect(new Set(stream.frames.map(({ headers }) => headers.eventId)).size).toBe(1);
});

test('of several connections each gets some, of those that subscribed', async () => {
  const sandbox = await aSandbox();
  const one = await aStream(sandbox);
  const other = await aStream(sandbox);
  const cardsOnly = [{ type: 'CALLBACK', topic: '/v1.0/card/instances/callback' }];
  const cards = await aStream(sandbox, () => ok, { subscriptions: cardsOnly });
  for (let count = 0; count < 40; count++) await say(sandbox, `${count}`);
  await sandbox.control('POST', '/idle');
  expect(one.frames.length + other.frames.length).toBe(40);
  expect(Math.min(one.frames.length, other.frames.length)).toBeGreaterThan(0);
  expect(cards.frames).toHaveLength(0);
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ connections: 3 });
});

test('a connection that is told to go gets nothing more; its acknowledgements still count', async () => {
  const sandbox = await aSandbox();
  const held: (() => void)[] = [];
  const old = await aStream(sandbox, (frame) =>
    frame.type === 'SYSTEM' ? undefined : new Promise((resolve) => held.push(() => resolve(ok))),
  );
  await say(sandbox, 'before');
  await old.received(1);
  await fault(sandbox, { kind: 'disconnect' });
  const [, system] = await old.received(2);
  expect(system).toMatchObject({
    type: 'SYSTEM',
    headers: { topic: 'disconnect' },
    data: { reason: expect.any(String) },
  });
  const fresh = await aStream(sandbox);
  await say(sandbox, 'after');
  expect(texts(await fresh.received(1))).toEqual(['after']);
  held[0]?.();
  await sandbox.control('POST', '/idle');
  await advance(sandbox, 5 * MINUTE);
  expect(old.frames).toHaveLength(2);
  expect(fresh.frames).toHaveLength(1);
});

test('a socket closed hard, and one that went silent', async () => {
  const sandbox = await aSandbox();
  const first = await aStream(sandbox);
  await fault(sandbox, { kind: 'closeSocket' });
  await first.closed;
  const second = await aStream(sandbox);
  await fault(sandbox, { kind: 'silence' });
  await say(sandbox, 'swallowed');
  second.socket.ping();
  const answered = new Promise<void>((resolve) => second.socket.on('pong', () => resolve()));
  expect(await Promise.race([answered, sandbox.control('GET', '/users').then(() => 'no pong')])).toBe('no pong');
  second.socket.terminate();
  const connections = async () => (await sandbox.control('GET', '/stats')).body.connections;
  await expect.poll(() => connections()).toBe(0);
  const third = await aStream(sandbox);
  await advance(sandbox, 2 * MINUTE);
  expect(texts(third.frames)).toEqual(['swallowed']);
  expect(second.frames).toHaveLength(0);
});

test('silence ends with the faults: what it swallowed is pushed again, what comes then arrives', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  for (const end of ['/faults/silence', '/faults']) {
    const before = stream.frames.length;
    await fault(sandbox, { kind: 'silence' });
    await say(sandbox, `swallowed until ${end}`);
    await sandbox.control('DELETE', end);
    await say(sandbox, `after ${end}`);
    expect(texts(await stream.received(before + 1)).slice(before)).toEqual([`after ${end}`]);
    await advance(sandbox, 2 * MINUTE);
    expect(texts(await stream.received(before + 2)).slice(before + 1)).toEqual([`swallowed until ${end}`]);
  }
});

test('an answer on a newer connection of the app still counts', async () => {
  const sandbox = await aSandbox();
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', { title: 'Before' }));
  const old = await aStream(sandbox, () => undefined);
  const tapping = sandbox.control('POST', '/cards/c1/actions', { userId: 'staff1', actionId: 'go' });
  const [frame] = await old.received(1);
  const fresh = await aStream(sandbox);
  const data = JSON.stringify({ response: { cardData: { cardParamMap: { title: 'After' } } } });
  fresh.socket.send(
    JSON.stringify({ code: 200, headers: { messageId: frame?.headers.messageId }, message: 'OK', data }),
  );
  expect((await tapping).body).toMatchObject({ applied: true });
});

test('a ticket is good once, and for a known app only', async () => {
  const sandbox = await aSandbox();
  const subscriptions = [{ type: 'EVENT', topic: '*' }];
  const open = (body: object) =>
    sandbox.ask('POST', '/v1.0/gateway/connections/open', {
      clientId: 'demo-client',
      clientSecret: 'demo-secret',
      subscriptions,
      ...body,
    });
  expect((await open({ clientSecret: 'wrong' })).body).toMatchObject({ code: 'invalidClientIdOrSecret' });
  expect((await open({ subscriptions: [] })).status).toBe(400);
  expect((await open({ subscriptions: [{ type: 'EVENT', topic: 'user_add_org' }] })).status).toBe(400);
  const { endpoint, ticket } = (await open({})).body;
  const connected = (given: unknown) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`${endpoint}?ticket=${given}`);
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  expect(await connected(ticket)).toBe(101);
  expect(await connected(ticket)).toBe(401);
  expect(await connected('made-up')).toBe(401);
  await fault(sandbox, { kind: 'refuseHandshake', times: 1 });
  expect(await connected((await open({})).body.ticket)).toBe(403);
});
