import { describe, expect, it, vi } from 'vitest';
import { apiPeer, CARD, DELIVERED, failure, PATHS } from './open-api-peer.ts';

describe('a card on the wire', () => {
  it('goes to a person in the chat with the bot', async () => {
    const { api, gateway } = await apiPeer();
    expect(await api.createAndDeliver(CARD)).toEqual({ existed: false });
    const sent = gateway.asked.find(({ path }) => path === PATHS.create);
    expect(sent?.headers['x-acs-dingtalk-access-token']).toBe('token-1');
    const preview = 'Your store, step 1';
    expect(JSON.parse(sent?.text ?? '')).toEqual({
      cardTemplateId: 'template.schema',
      outTrackId: 'track-1',
      cardData: { cardParamMap: CARD.params },
      callbackType: 'STREAM',
      userIdType: 1,
      openSpaceId: 'dtv1.card//IM_ROBOT.staff1',
      imRobotOpenSpaceModel: {
        supportForward: false,
        lastMessageI18n: {
          ZH_CN: preview,
          ZH_TW: preview,
          EN_US: preview,
          JA_JP: preview,
          VI_VN: preview,
          TH_TH: preview,
        },
        notification: { notificationOff: true },
      },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'robot-1' },
    });
  });

  it('says on a locked phone what it is told to', async () => {
    const { api, gateway } = await apiPeer();
    await api.createAndDeliver({ ...CARD, alert: 'Join request · Nok' });
    const notification = { alertContent: 'Join request · Nok', notificationOff: false };
    expect(JSON.parse(gateway.asked.at(-1)?.text ?? '')).toMatchObject({ imRobotOpenSpaceModel: { notification } });
  });

  it('goes to a group', async () => {
    const { api, gateway } = await apiPeer();
    await api.createAndDeliver({ ...CARD, space: { kind: 'group', openConversationId: 'cidG==' } });
    expect(JSON.parse(gateway.asked.at(-1)?.text ?? '')).toMatchObject({
      openSpaceId: 'dtv1.card//IM_GROUP.cidG==',
      imGroupOpenSpaceModel: { supportForward: false },
      imGroupOpenDeliverModel: { robotCode: 'robot-1' },
    });
  });

  it('is delivered again without being made again', async () => {
    const { api, gateway } = await apiPeer();
    await api.deliver(CARD);
    expect(JSON.parse(gateway.asked.at(-1)?.text ?? '')).toEqual({
      outTrackId: 'track-1',
      userIdType: 1,
      openSpaceId: 'dtv1.card//IM_ROBOT.staff1',
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'robot-1' },
    });
  });

  it('is overwritten whole', async () => {
    const { api, gateway } = await apiPeer();
    await api.updateCard({ outTrackId: 'track-1', params: { title: 'now' } });
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'PUT', path: PATHS.update });
    expect(JSON.parse(gateway.asked.at(-1)?.text ?? '')).toEqual({
      outTrackId: 'track-1',
      userIdType: 1,
      cardData: { cardParamMap: { title: 'now' } },
    });
  });
});

describe('a 200 that hides a failure', () => {
  const results = (deliverResults: unknown) => ({ ...DELIVERED, result: { outTrackId: 'track-1', deliverResults } });

  it.each([
    [results([{ ...DELIVERED.result.deliverResults[0], success: false, errorMsg: 'Somchai is offline' }])],
    [results([])],
    [results(undefined)],
  ])('%#', async (body) => {
    const { api, gateway } = await apiPeer();
    gateway.answers.set(PATHS.create, () => ({ body }));
    expect(await failure(api.createAndDeliver(CARD))).toMatchObject({
      code: 'dingtalk.undelivered',
      kind: 'retryable',
    });
  });

  it('in deliver', async () => {
    const { api, gateway } = await apiPeer();
    gateway.answers.set(PATHS.deliver, () => ({ body: { success: true, result: [{ success: false }] } }));
    expect((await failure(api.deliver(CARD))).code).toBe('dingtalk.undelivered');
  });

  it('in an update', async () => {
    const { api, gateway } = await apiPeer();
    gateway.answers.set(PATHS.update, () => ({ body: { success: false, result: false } }));
    expect((await failure(api.updateCard({ outTrackId: 'x', params: {} }))).code).toBe('dingtalk.refused');
  });
});

it('knows a card that an earlier call has made', async () => {
  const { api, gateway } = await apiPeer();
  const code = 'param.cardAlreadyExist';
  gateway.answers.set(PATHS.create, () => ({ status: 400, body: { code, message: code, requestid: 'r' } }));
  expect(await api.createAndDeliver(CARD)).toEqual({ existed: true });
});

it('asks the budget before each counted call, and lets it stop the call', async () => {
  const rateLimiter = vi.fn(async (_path: string) => undefined);
  const { api, asked } = await apiPeer({ rateLimiter });
  await api.createAndDeliver(CARD);
  await api.deliver(CARD);
  await api.updateCard({ outTrackId: 'x', params: {} });
  await api.downloadUrl('d1');
  await api.uploadImage({ bytes: Buffer.from('x'), fileName: 'a.jpg' });
  expect(rateLimiter.mock.calls.flat()).toEqual([
    PATHS.create,
    PATHS.deliver,
    PATHS.update,
    PATHS.download,
    PATHS.upload,
  ]);
  rateLimiter.mockRejectedValueOnce(new Error('no budget'));
  await expect(api.createAndDeliver(CARD)).rejects.toThrow('no budget');
  expect(asked(PATHS.create)).toBe(1);
});

it('keeps names, numbers, tokens, secrets and answers out of its errors and the log', async () => {
  const { api, gateway, lines } = await apiPeer();
  const body = { code: 'param.invalid leak-3', message: 'Somchai 0812345678 leak-1', requestid: 'leak-2' };
  gateway.answers.set(PATHS.create, () => ({ status: 400, body }));
  const error = await failure(api.createAndDeliver(CARD));
  gateway.answers.set(PATHS.create, () => ({ status: 502, body: '<html>leak-4</html>' }));
  const page = await failure(api.createAndDeliver(CARD));
  await api.updateCard({ outTrackId: 'x', params: CARD.params });
  const told = JSON.stringify([error, page]) + lines.text();
  expect(told).not.toMatch(/Somchai|0812345678|leak|token-|the-app-secret/);
  expect(lines.of('dingtalk.callFailed')[0]).toMatchObject({ outTrackId: 'track-1', code: 'dingtalk.refused' });
});

describe('a picture', () => {
  it('that a person sent has a temporary address', async () => {
    const { api, gateway } = await apiPeer();
    expect(await api.downloadUrl('d1')).toBe(`${gateway.base}/file?Expires=1`);
    expect(JSON.parse(gateway.asked.at(-1)?.text ?? '')).toEqual({ downloadCode: 'd1', robotCode: 'robot-1' });
  });

  it('whose code is no longer good is expired', async () => {
    const { api, gateway } = await apiPeer();
    const code = 'invalidParameter.robotCode.downloadCode';
    gateway.answers.set(PATHS.download, () => ({ status: 400, body: { code, message: 'x' } }));
    expect(await failure(api.downloadUrl('d1'))).toMatchObject({ code: 'picture.expired', kind: 'user' });
  });

  it('of ours is uploaded', async () => {
    const { api, gateway } = await apiPeer();
    expect(await api.uploadImage({ bytes: Buffer.from('jpeg-bytes'), fileName: 'example.jpg' })).toBe('@media');
    const sent = gateway.asked.at(-1);
    expect(sent?.query.get('access_token')).toBe('token-1');
    expect(sent?.text).toMatch(/name="type"\r\n\r\nimage\r\n/);
    expect(sent?.text).toMatch(
      /name="media"; filename="example.jpg"\r\nContent-Type: image\/jpeg\r\n\r\njpeg-bytes\r\n/,
    );
  });

  it('that DingTalk would not take is not sent', async () => {
    const { api, asked } = await apiPeer();
    expect((await failure(api.uploadImage({ bytes: Buffer.alloc(1), fileName: 'a.svg' }))).code).toBe(
      'dingtalk.refused',
    );
    const big = { bytes: Buffer.alloc(20 * 1024 * 1024 + 1), fileName: 'a.png' };
    expect((await failure(api.uploadImage(big))).code).toBe('dingtalk.refused');
    expect(asked(PATHS.upload)).toBe(0);
  });

  it.each([
    [{ body: { errcode: 90018, errmsg: 'too fast' } }, 'dingtalk.busy'],
    [{ body: { errcode: '90020', errmsg: 'quota' } }, 'dingtalk.quotaUsedUp'],
    [{ body: { errcode: -1, errmsg: 'busy' } }, 'dingtalk.failed'],
    [{ body: { errcode: 40004, errmsg: 'type' } }, 'dingtalk.refused'],
    [{ body: { errcode: 0 } }, 'dingtalk.refused'],
    [{ body: { status: 1111, wait: 5 } }, 'dingtalk.busy'],
    [{ body: '<html>' }, 'dingtalk.failed'],
    [{ status: 504, body: '' }, 'dingtalk.unreachable'],
    [{ body: `{"errcode":0,"x":"${'x'.repeat(1024 * 1024)}"}` }, 'dingtalk.failed'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'dingtalk.unreachable'],
  ])('upload answered %.60j', async (answer, code) => {
    const { api, gateway } = await apiPeer();
    gateway.answers.set(PATHS.upload, () => answer);
    expect((await failure(api.uploadImage({ bytes: Buffer.from('x'), fileName: 'a.png' }))).code).toBe(code);
  });
});
