import { expect, it } from 'vitest';
import { apiPeer, CARD, failure, PATHS } from './open-api-peer.ts';

const EXPIRED = { status: 400, body: { code: 'InvalidAuthentication', message: '不合法的access_token' } };

it('is asked for once by twenty calls at once', async () => {
  const { api, asked } = await apiPeer();
  await Promise.all(Array.from({ length: 20 }, (_, n) => api.updateCard({ outTrackId: `t${n}`, params: {} })));
  expect(asked(PATHS.token)).toBe(1);
  expect(asked(PATHS.update)).toBe(20);
});

it.each([EXPIRED, { status: 401, body: { code: 'Unauthorized' } }])(
  'is asked for once more by twenty calls that find it expired: %j',
  async (answer) => {
    const { api, gateway, asked } = await apiPeer();
    gateway.answers.set(PATHS.update, ({ headers }) =>
      headers['x-acs-dingtalk-access-token'] === 'token-1' ? answer : { body: { success: true, result: true } },
    );
    await Promise.all(Array.from({ length: 20 }, (_, n) => api.updateCard({ outTrackId: `t${n}`, params: {} })));
    expect(asked(PATHS.token)).toBe(2);
    expect(asked(PATHS.update)).toBe(40);
  },
);

it('is not asked for again and again when no token is taken', async () => {
  const { api, gateway, asked } = await apiPeer();
  gateway.answers.set(PATHS.update, () => EXPIRED);
  expect((await failure(api.updateCard({ outTrackId: 't', params: {} }))).code).toBe('dingtalk.tokenExpired');
  expect([asked(PATHS.token), asked(PATHS.update)]).toEqual([2, 2]);
});

it('is noticed to be expired by the old API too', async () => {
  const { api, gateway, asked } = await apiPeer();
  gateway.answers.set(PATHS.upload, ({ query }) => ({
    body: query.get('access_token') === 'token-1' ? { errcode: '40014', errmsg: 'x' } : { errcode: 0, media_id: '@m' },
  }));
  expect(await api.uploadImage({ bytes: Buffer.from('x'), fileName: 'a.png' })).toBe('@m');
  expect(asked(PATHS.token)).toBe(2);
});

it('is renewed before its end, and serves on when that fails', async () => {
  const offset = { ms: 0 };
  const [now, never] = [() => offset.ms, () => undefined];
  const clock = { now, machine: now, elapsed: now, furthestAhead: () => 0, at: () => never };
  const { api, gateway, asked } = await apiPeer({ clock });
  const use = () => api.updateCard({ outTrackId: 't', params: {} });
  await use();
  offset.ms = 6_900_000 - 1;
  await use();
  expect(asked(PATHS.token)).toBe(1);
  const usual = gateway.answers.get(PATHS.token) ?? (() => ({}));
  gateway.answers.set(PATHS.token, () => ({ status: 503, body: {} }));
  offset.ms = 6_900_000;
  await use();
  expect(asked(PATHS.token)).toBe(2);
  offset.ms = 7_200_000;
  expect((await failure(use())).code).toBe('dingtalk.failed');
  gateway.answers.set(PATHS.token, usual);
  await use();
  expect(gateway.asked.at(-1)?.headers['x-acs-dingtalk-access-token']).toBe('token-2');
});

it.each([
  [{ status: 400, body: { code: 'invalidClientIdOrSecret', message: 'x' } }, 'dingtalk.credentials', 'configuration'],
  [{ body: { accessToken: '', expireIn: 7200 } }, 'dingtalk.credentials', 'configuration'],
  [{ body: {} }, 'dingtalk.busy', 'retryable'],
  [{ body: '<html>' }, 'dingtalk.failed', 'retryable'],
])('cannot be had: %j', async (answer, code, kind) => {
  const { api, gateway, asked } = await apiPeer();
  gateway.answers.set(PATHS.token, () => answer);
  expect(await failure(api.createAndDeliver(CARD))).toMatchObject({ code, kind });
  expect(asked(PATHS.create)).toBe(0);
});

it('may be fetched ahead of the first call, which then is the only one', async () => {
  const { api, gateway } = await apiPeer();
  await api.prepare();
  await api.createAndDeliver(CARD);
  expect(gateway.asked.map(({ path }) => path)).toEqual([PATHS.token, PATHS.create]);
});

it('that cannot be fetched ahead is asked for by the first call', async () => {
  const { api, gateway, lines } = await apiPeer();
  const usual = gateway.answers.get(PATHS.token) ?? (() => ({}));
  gateway.answers.set(PATHS.token, () => ({ status: 503, body: {} }));
  await api.prepare();
  expect(lines.of('dingtalk.notPrepared')).toMatchObject([{ code: 'dingtalk.failed' }]);
  gateway.answers.set(PATHS.token, usual);
  expect(await api.createAndDeliver(CARD)).toEqual({ existed: false });
});
