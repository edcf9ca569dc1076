import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

const CARDS = '/v1.0/card/instances';

test('a card is given another kind of chat, and then stands there', async () => {
  const sandbox = await aSandbox();
  await sandbox.api('POST', `${CARDS}/createAndDeliver`, aCard('c1', 'staff1', { title: 'x' }));
  const inGroup = {
    outTrackId: 'c1',
    openSpaceId: 'dtv1.card//IM_GROUP.cid-demo',
    imGroupOpenDeliverModel: { robotCode: 'demo-client' },
  };
  expect((await sandbox.api('POST', `${CARDS}/deliver`, inGroup)).body.code).toBe('param.spaceDeliverModelError');
  const spaces = async (body: object) => (await sandbox.api('PUT', `${CARDS}/spaces`, body)).body;
  const imGroupOpenSpaceModel = { supportForward: true };
  expect(await spaces({ outTrackId: 'c1' })).toMatchObject({ code: 'param.emptyAppendSpaces' });
  expect(await spaces({ imGroupOpenSpaceModel })).toMatchObject({ code: 'param.outTrackIdEmpty' });
  expect(await spaces({ outTrackId: 'none', imGroupOpenSpaceModel })).toMatchObject({ code: 'param.cardNotExist' });
  expect(await spaces({ outTrackId: 'c1', imGroupOpenSpaceModel: {} })).toMatchObject({ code: 'param.invalid' });
  expect(await spaces({ outTrackId: 'c1', imGroupOpenSpaceModel })).toEqual({ success: true, result: true });
  expect((await sandbox.api('POST', `${CARDS}/deliver`, inGroup)).status).toBe(200);
  expect((await sandbox.control('GET', '/conversations/cid-demo?viewer=staff2')).body).toHaveLength(1);
});

test('a card is taken from the top of a chat', async () => {
  const sandbox = await aSandbox();
  const now = sandbox.clock.now();
  const top = {
    ...aCard('c1', 'staff1', { title: 'x' }),
    openSpaceId: 'dtv1.card//ONE_BOX.cid-demo',
    topOpenSpaceModel: { spaceType: 'ONE_BOX' },
    topOpenDeliverModel: { expiredTimeMillis: now + 3_600_000 },
  };
  expect((await sandbox.api('POST', `${CARDS}/createAndDeliver`, top)).status).toBe(200);
  const until = async () => {
    const [entry] = (await sandbox.control<Entry[]>('GET', '/conversations/cid-demo?viewer=staff2')).body;
    return entry?.topUntil ?? 0;
  };
  expect(await until()).toBe(now + 3_600_000);
  const close = async (query: string) => (await sandbox.api('POST', `/v1.0/card/tops/close?${query}`, {})).body;
  expect(await close('openConversationId=cid-demo')).toMatchObject({ code: 'param.outTrackIdEmpty' });
  expect(await close('outTrackId=none&openConversationId=cid-demo')).toMatchObject({ code: 'param.cardNotExist' });
  expect(await close('outTrackId=c1&openConversationId=other')).toMatchObject({ code: 'param.conversationIdInvalid' });
  expect(await close('outTrackId=c1&openConversationId=cid-demo')).toEqual({ success: true, result: true });
  expect(await until()).toBeLessThanOrEqual(sandbox.clock.now());
});

test('an address for callbacks is registered once a key, unless it is forced', async () => {
  const sandbox = await aSandbox();
  const register = (body: object) => sandbox.api('POST', '/v1.0/card/callbacks/register', body);
  const asked = { callbackRouteKey: 'k1', callbackUrl: 'https://a.example/cb', apiSecret: 's' };
  expect((await register({ ...asked, callbackRouteKey: '' })).body.code).toBe('param.callbackRouteKeyEmpty');
  expect((await register({ ...asked, callbackUrl: undefined })).body.code).toBe('param.callbackUrlEmpty');
  const result = { callbackUrl: 'https://a.example/cb', apiSecret: 's' };
  expect(await register(asked)).toEqual({ status: 200, body: { success: true, result } });
  expect(await register(asked)).toMatchObject({ status: 500, body: { code: 'param.callbackRouteKeyExist' } });
  expect((await register({ ...asked, forceUpdate: true, apiSecret: undefined })).body).toMatchObject({
    result: { apiSecret: expect.stringMatching(/^\w{32}$/) },
  });
});

test('a token comes by the organisation’s path too, the same one', async () => {
  const sandbox = await aSandbox();
  const good = { client_id: 'demo-client', client_secret: 'demo-secret', grant_type: 'client_credentials' };
  const ask = (change: object = {}, path = '/v1.0/oauth2/ding123/token') =>
    sandbox.ask('POST', path, { ...good, ...change });
  expect((await ask()).body).toEqual({ access_token: await sandbox.demoToken(), expires_in: 7200 });
  expect(await ask({ client_secret: 'wrong' })).toMatchObject({ status: 400, body: { code: 'invalid.client' } });
  expect(await ask({ grant_type: 'password' })).toMatchObject({
    status: 400,
    body: { code: 'unsupported.grant.type' },
  });
  expect((await ask({}, '/v1.0/oauth2/ding123/more/token')).status).toBe(404);
});

test('the organisation says how people are invited', async () => {
  const sandbox = await aSandbox();
  const info = await sandbox.api('GET', '/v1.0/contact/invites/infos?inviterUserId=admin1', undefined);
  expect(info).toMatchObject({
    status: 200,
    body: { inviteSwitch: true, linkInvite: true, inviteUrl: expect.any(String) },
  });
  expect((await sandbox.api('GET', '/v1.0/contact/invites/infos', undefined, 'wrong')).status).toBe(400);
});

test('the Python SDK’s off-duty words, in no page of the documentation, are taken', async () => {
  const sandbox = await aSandbox();
  const path = '/v1.0/innerApi/robot/stream/away/template/update';
  const prompt = { robotCode: 'demo-client', cardData: '{}', cardTemplateId: 'StandardCard' };
  expect((await sandbox.api('POST', path, prompt)).status).toBe(200);
  expect((await sandbox.api('POST', path, { ...prompt, robotCode: 'other' })).status).toBe(400);
});

test('an assistant calls the app over the stream, and the app answers there and into the chat', async () => {
  const sandbox = await aSandbox();
  const ask = (body: object) => sandbox.control('POST', '/graph', { from: 'staff1', ...body });
  expect((await ask({})).body).toEqual({ answered: false, reason: 'noConnection' });
  const subscriptions = [{ type: 'CALLBACK', topic: '/v1.0/graph/api/invoke' }];
  const answer = { response: { body: '{"success":true}', statusLine: { code: 200, reasonPhrase: 'OK' } } };
  const stream = await aStream(
    sandbox,
    async ({ data }) => {
      const { sessionWebhook } = JSON.parse(String(data.body)) as { sessionWebhook: string };
      const card = { templateId: 'd28e2ac5-fb34-4d93-94bc-cf5c580c2d4f.schema', cardData: { content: '- sunny' } };
      const told = { contentType: 'ai_card', content: card };
      await sandbox.ask('POST', sessionWebhook.replace(sandbox.url, ''), told);
      return { data: answer };
    },
    { subscriptions },
  );
  expect((await ask({ uri: '/weather', body: { city: 'BKK' } })).body).toEqual({
    answered: true,
    code: 200,
    response: answer,
  });
  const [frame] = stream.frames;
  expect(frame).toMatchObject({
    headers: { topic: '/v1.0/graph/api/invoke' },
    data: { requestLine: { method: 'POST', uri: '/weather' } },
  });
  expect(JSON.parse(String(frame?.data.body))).toMatchObject({ city: 'BKK' });
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toMatchObject([
    { from: 'bot', text: '- sunny' },
  ]);
  expect((await ask({ from: 'nobody' })).status).toBe(404);
  expect((await ask({ app: 'none' })).status).toBe(404);
});
