import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream, type SeenFrame } from './support/stream.ts';

const TOPIC = [{ type: 'CALLBACK', topic: '/v1.0/card/dynamicData/get' }];
const source = (pullConfig: object) => ({
  openDynamicDataConfig: {
    dynamicDataSourceConfigs: [{ dynamicDataSourceId: 'figures', pullConfig, constParams: { of: 'shops' } }],
  },
});

async function withSource(pullConfig: object): Promise<TestSandbox> {
  const sandbox = await aSandbox();
  const card = aCard('c1', 'staff1', { title: 'Before', percent: '10' }, source(pullConfig));
  expect((await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card)).status).toBe(200);
  return sandbox;
}

const answering = (data: unknown, id = 'figures') => ({
  data: {
    response: {
      dataSourceQueryResponses: [
        { data: JSON.stringify(data), dynamicDataSourceId: id, dynamicDataValueType: 'OBJECT' },
      ],
    },
  },
});
const draws = async (sandbox: TestSandbox, userId = 'staff1') =>
  (await sandbox.control('POST', '/cards/c1/renders', { userId })).body;
const shown = async (sandbox: TestSandbox, viewer = 'staff1') =>
  (await sandbox.control('GET', `/cards/c1?viewer=${viewer}`)).body.data;

test('the client asks the app that made the card, and shows the answer to the one who looked', async () => {
  const sandbox = await withSource({ pullStrategy: 'RENDER' });
  const stream = await aStream(sandbox, () => answering({ percent: 40, title: 'After' }), { subscriptions: TOPIC });
  expect(await draws(sandbox)).toEqual({ applied: true });
  const [frame] = stream.frames as [SeenFrame];
  expect(frame.headers.topic).toBe('/v1.0/card/dynamicData/get');
  expect(frame.data).toMatchObject({
    type: 'dynamicDataCallback',
    outTrackId: 'c1',
    userId: 'staff1',
    corpId: 'demo-corp',
  });
  expect(JSON.parse(String(frame.data.content))).toEqual({
    dynamicDataSourceQueryRequests: [{ dynamicDataSourceId: 'figures', constParams: { of: 'shops' } }],
  });
  expect(await shown(sandbox)).toMatchObject({ title: 'After', percent: 40 });
  expect(await shown(sandbox, 'admin1')).toMatchObject({ title: 'Before', percent: 10 });
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ pushes: { dynamicData: 1, taps: 0 } });
});

test('ONCE is asked until it answered, RENDER and INTERVAL each time, NONE never', async () => {
  const asked = async (pullConfig: object): Promise<unknown[]> => {
    const sandbox = await withSource(pullConfig);
    const answers = [{ code: 500, data: {} }, answering({ percent: 1 }), answering({ percent: 2 })];
    await aStream(sandbox, () => answers.shift(), { subscriptions: TOPIC });
    return [await draws(sandbox), await draws(sandbox), await draws(sandbox)].map(
      ({ applied, reason }) => reason ?? applied,
    );
  };
  expect(await asked({ pullStrategy: 'ONCE' })).toEqual(['failed', true, 'notDue']);
  expect(await asked({ pullStrategy: 'RENDER' })).toEqual(['failed', true, true]);
  expect(await asked({ pullStrategy: 'INTERVAL', interval: 10, timeUnit: 'SECONDS' })).toEqual(['failed', true, true]);
  expect(await asked({ pullStrategy: 'NONE' })).toEqual(['notDue', 'notDue', 'notDue']);
});

test('what is late, is none, or comes of another source changes nothing; nor does a card without a source', async () => {
  const sandbox = await withSource({ pullStrategy: 'RENDER' });
  expect(await draws(sandbox)).toEqual({ applied: false, reason: 'noConnection' });
  const answers = [
    async () => {
      await after(2_150);
      return answering({ title: 'Late' });
    },
    async () => answering(['a list']),
    async () => answering({ title: 'Foreign' }, 'other'),
    async () => ({ data: { response: {} } }),
  ];
  await aStream(sandbox, () => answers.shift()?.(), { subscriptions: TOPIC });
  const reasons = [await draws(sandbox), await draws(sandbox), await draws(sandbox), await draws(sandbox)];
  expect(reasons.map(({ reason }) => reason)).toEqual(['late', 'malformed', 'malformed', 'malformed']);
  expect(await shown(sandbox)).toMatchObject({ title: 'Before' });
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('plain', 'staff1', { title: 'x' }));
  expect((await sandbox.control('POST', '/cards/plain/renders', { userId: 'staff1' })).body.reason).toBe('notDue');
  expect((await sandbox.control('POST', '/cards/none/renders', { userId: 'staff1' })).status).toBe(404);
  expect((await sandbox.control('POST', '/cards/plain/renders', { userId: 'nobody' })).status).toBe(404);
});

test('the page is told how often to ask', async () => {
  const everyMs = async (pullConfig: object) =>
    (await (await withSource(pullConfig)).control('GET', '/cards/c1?viewer=staff1')).body.asksEveryMs;
  expect(await everyMs({ pullStrategy: 'ONCE' })).toBe(0);
  expect(await everyMs({ pullStrategy: 'INTERVAL', interval: 2, timeUnit: 'MINUTES' })).toBe(120_000);
  expect(await everyMs({ pullStrategy: 'NONE' })).toBeUndefined();
});

test('a card at the top of a chat: of a group, for whom it is meant, or of a person; with an end', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  await expect.poll(() => stream.frames.length).toBe(1);
  const until = sandbox.clock.now() + 180_000;
  const top = (outTrackId: string, conversationId: unknown, deliver: object | undefined) =>
    sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', {
      ...aCard(outTrackId, 'staff1', { title: outTrackId }),
      openSpaceId: `dtv1.card//ONE_BOX.${conversationId}`,
      topOpenSpaceModel: { spaceType: 'ONE_BOX' },
      topOpenDeliverModel: deliver,
    });
  expect(await top('group', 'cid-demo', { expiredTimeMillis: until, userIds: ['staff1'] })).toMatchObject({
    status: 200,
  });
  const own = stream.frames[0]?.data.conversationId;
  expect(await top('own', own, { expiredTimeMillis: until })).toMatchObject({
    body: { result: { deliverResults: [{ spaceType: 'ONE_BOX', spaceId: own, success: true }] } },
  });
  const cards = async (chat: string, viewer: string) =>
    (await sandbox.control<Entry[]>('GET', `/conversations/${chat}?viewer=${viewer}`)).body
      .filter(({ kind }) => kind === 'card')
      .map(({ outTrackId, topUntil }) => [outTrackId, topUntil]);
  expect(await cards('cid-demo', 'staff1')).toEqual([['group', until]]);
  expect(await cards('cid-demo', 'admin1')).toEqual([]);
  expect(await cards('staff1', 'staff1')).toEqual([['own', until]]);
  expect((await top('x', 'cid-demo', undefined)).body.code).toBe('param.openDeliverModelEmpty');
  expect((await top('x', 'cid-demo', {})).body.code).toBe('param.openDeliverModelError');
  expect((await top('x', 'cid-nowhere', { expiredTimeMillis: until })).body.code).toBe('param.openSpaceIdInvalid');
});
