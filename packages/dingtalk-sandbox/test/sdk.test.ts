import { createRequire } from 'node:module';
import { DWClient, type DWClientConfig, type DWClientDownStream, EventAck } from 'dingtalk-stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aSandbox, type TestSandbox } from './support/sandbox.ts';

// CommonJS: `require` gives them the same shape in every runtime.
const require = createRequire(import.meta.url);
const card: typeof import('@alicloud/dingtalk/dist/card_1_0/client.js') = require('@alicloud/dingtalk/dist/card_1_0/client.js');
const robot: typeof import('@alicloud/dingtalk/dist/robot_1_0/client.js') = require('@alicloud/dingtalk/dist/robot_1_0/client.js');
const oauth: typeof import('@alicloud/dingtalk/dist/oauth2_1_0/client.js') = require('@alicloud/dingtalk/dist/oauth2_1_0/client.js');
const { Config }: typeof import('@alicloud/openapi-client') = require('@alicloud/openapi-client');
const { RuntimeOptions }: typeof import('@alicloud/tea-util') = require('@alicloud/tea-util');

const ROBOT = '/v1.0/im/bot/messages/get';
const CARD = '/v1.0/card/instances/callback';

/** The SDK as it is, but for where it asks for its connection. */
class PointedClient extends DWClient {
  readonly #sandbox: TestSandbox;

  constructor(sandbox: TestSandbox) {
    const config: DWClientConfig = {
      clientId: 'demo-client',
      clientSecret: 'demo-secret',
      autoReconnect: false,
      keepAlive: false,
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    };
    super(config);
    this.#sandbox = sandbox;
  }

  override async getEndpoint() {
    const { clientId, clientSecret, ua, subscriptions } = this.getConfig();
    const asked = { clientId, clientSecret, ua, subscriptions };
    const { body } = await this.#sandbox.ask('POST', '/v1.0/gateway/connections/open', asked);
    // The SDK declares it private and offers no other way to set it.
    Reflect.set(this, 'dw_url', `${body.endpoint}?ticket=${body.ticket}`);
    return this;
  }
}

async function connected(sandbox: TestSandbox, listen: (client: PointedClient) => void): Promise<PointedClient> {
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const client = new PointedClient(sandbox);
  listen(client);
  await client.connect();
  onTestFinished(() => client.disconnect());
  expect(client.connected).toBe(true);
  return client;
}

test('dingtalk-stream gets messages, taps and events, and its answers count', async () => {
  const sandbox = await aSandbox();
  const seen: DWClientDownStream[] = [];
  const types: unknown[] = [];
  await connected(sandbox, (client) => {
    client.registerAllEventListener((event) => {
      types.push(event.headers.eventType);
      return { status: EventAck.SUCCESS };
    });
    client.registerCallbackListener(ROBOT, (frame) => {
      seen.push(frame);
      client.socketCallBackResponse(frame.headers.messageId, null);
    });
    client.registerCallbackListener(CARD, (frame) => {
      seen.push(frame);
      client.socketCallBackResponse(frame.headers.messageId, { cardData: { cardParamMap: { title: 'Tapped' } } });
    });
  });
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  await expect.poll(() => seen).toHaveLength(1);
  expect(JSON.parse(seen[0]?.data ?? '')).toMatchObject({ text: { content: 'hi' } });
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', { title: 'New' }));
  const tap = { userId: 'staff1', actionId: 'go', params: {} };
  expect((await sandbox.control('POST', '/cards/c1/actions', tap)).body).toMatchObject({ applied: true });
  expect((await sandbox.control('GET', '/cards/c1')).body).toMatchObject({ view: { title: 'Tapped' } });
  await sandbox.control('POST', '/users/outsider1/join');
  await expect.poll(() => types).toEqual(['user_add_org', 'user_active_org']);
  expect((await sandbox.control('POST', '/idle')).body).toEqual({ idle: true, waiting: 0 });
});

function configured(sandbox: TestSandbox) {
  return new Config({ protocol: 'http', regionId: 'central', endpoint: new URL(sandbox.url).host });
}

test('@alicloud/dingtalk gets a token, makes a card, changes it, fetches a file, and understands a refusal', async () => {
  const sandbox = await aSandbox();
  const runtime = new RuntimeOptions({});
  const asked = new oauth.GetAccessTokenRequest({ appKey: 'demo-client', appSecret: 'demo-secret' });
  const token = (await new oauth.default(configured(sandbox)).getAccessToken(asked)).body?.accessToken ?? '';
  expect(token).toBe(await sandbox.demoToken());

  const cards = new card.default(configured(sandbox));
  const request = (title: string) =>
    new card.CreateAndDeliverRequest({
      cardTemplateId: '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema',
      outTrackId: 'c1',
      callbackType: 'STREAM',
      cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: { title } }),
      openSpaceId: 'dtv1.card//IM_ROBOT.staff1',
      userIdType: 1,
      imRobotOpenSpaceModel: new card.CreateAndDeliverRequestImRobotOpenSpaceModel({
        supportForward: false,
        lastMessageI18n: { EN_US: title },
      }),
      imRobotOpenDeliverModel: new card.CreateAndDeliverRequestImRobotOpenDeliverModel({ spaceType: 'IM_ROBOT' }),
    });
  const headers = new card.CreateAndDeliverHeaders({ xAcsDingtalkAccessToken: token });
  const made = await cards.createAndDeliverWithOptions(request('One'), headers, runtime);
  expect(made.body?.result?.deliverResults?.[0]).toMatchObject({ success: true, spaceId: 'staff1' });
  await expect(cards.createAndDeliverWithOptions(request('Two'), headers, runtime)).rejects.toMatchObject({
    code: 'param.cardAlreadyExist',
  });
  const update = new card.UpdateCardRequest({
    outTrackId: 'c1',
    cardData: new card.UpdateCardRequestCardData({ cardParamMap: { title: 'Three' } }),
  });
  const updateHeaders = new card.UpdateCardHeaders({ xAcsDingtalkAccessToken: token });
  expect((await cards.updateCardWithOptions(update, updateHeaders, runtime)).body?.success).toBe(true);
  const [entry] = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  expect(entry).toMatchObject({ view: { title: 'Three' } });

  const form = new FormData();
  form.append('from', 'staff1');
  form.append('picture', new Blob(['JPEG']), 'a.jpg');
  await sandbox.control('POST', '/messages', form);
  const downloadCode = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body.at(-1)?.files?.[0]
    ?.downloadCode;
  const file = await new robot.default(configured(sandbox)).robotMessageFileDownloadWithOptions(
    new robot.RobotMessageFileDownloadRequest({ downloadCode: downloadCode ?? '', robotCode: 'demo-client' }),
    new robot.RobotMessageFileDownloadHeaders({ xAcsDingtalkAccessToken: token }),
    runtime,
  );
  expect(await (await fetch(file.body?.downloadUrl ?? '')).text()).toBe('JPEG');

  const wrong = new card.UpdateCardHeaders({ xAcsDingtalkAccessToken: 'wrong' });
  await expect(cards.updateCardWithOptions(update, wrong, runtime)).rejects.toMatchObject({
    code: 'InvalidAuthentication',
    data: { statusCode: 400 },
  });
  await sandbox.control('POST', '/faults', { kind: 'qps', times: 1 });
  await expect(cards.updateCardWithOptions(update, updateHeaders, runtime)).rejects.toMatchObject({
    code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
  });
});
