import { startEmbeddedStore } from '@field/embedded-store';
import { DWClient, type DWClientConfig, type DWClientDownStream, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream';
import mongoose from 'mongoose';

// The floor: as little as a bot can do and still answer. It writes one document a tap, sends one card a message, and keeps no rule.

const { DINGTALK_API_BASE: base = '', DATA_DIR: dataDir = '', FLOOR_TEMPLATE: cardTemplateId = '' } = process.env;
const app = { clientId: 'demo-client', clientSecret: 'demo-secret' };

class FloorClient extends DWClient {
  override async getEndpoint(): Promise<this> {
    const { endpoint, ticket } = await post('/v1.0/gateway/connections/open', {
      ...app,
      subscriptions: this.config.subscriptions,
    });
    Reflect.set(this, 'dw_url', `${endpoint}?ticket=${ticket}`);
    return this;
  }
}

async function post(path: string, body: unknown, token?: string): Promise<Record<string, string>> {
  const headers = new Headers({ 'content-type': 'application/json', accept: 'application/json' });
  if (token !== undefined) headers.set('x-acs-dingtalk-access-token', token);
  const answer = await fetch(`${base}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, string>;
}

async function sendCard(userId: string, outTrackId: string): Promise<void> {
  const token = await post('/v1.0/oauth2/accessToken', { appKey: app.clientId, appSecret: app.clientSecret });
  const card = {
    cardTemplateId,
    outTrackId,
    callbackType: 'STREAM',
    cardData: { cardParamMap: { title: 'Floor' } },
    openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: app.clientId },
    userIdType: 1,
  };
  await post('/v1.0/card/instances/createAndDeliver', card, token.accessToken);
}

const store = await startEmbeddedStore({ dataDir });
const connection = await mongoose.createConnection(store.uri, { dbName: 'floor' }).asPromise();
const taps = connection.collection<{ _id: string; taps: number }>('taps');
const config: DWClientConfig = { ...app, autoReconnect: false, subscriptions: [{ type: 'EVENT', topic: '*' }] };
const client = new FloorClient(config);

client.registerCallbackListener(TOPIC_CARD, async ({ headers, data }: DWClientDownStream) => {
  const { outTrackId } = JSON.parse(data) as { outTrackId: string };
  const seen = await taps.findOneAndUpdate(
    { _id: outTrackId },
    { $inc: { taps: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  client.socketCallBackResponse(headers.messageId, {
    cardUpdateOptions: { updateCardDataByKey: true },
    cardData: { cardParamMap: { title: `Tap ${seen?.taps}` } },
  });
});
client.registerCallbackListener(TOPIC_ROBOT, async ({ headers, data }: DWClientDownStream) => {
  const { msgId, senderStaffId } = JSON.parse(data) as { msgId: string; senderStaffId: string };
  client.socketCallBackResponse(headers.messageId, {});
  await sendCard(senderStaffId, msgId);
});
await client.connect();
