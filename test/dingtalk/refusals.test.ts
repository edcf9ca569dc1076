import { expect, it } from 'vitest';
import { apiPeer, CARD, failure, PATHS } from './open-api-peer.ts';

const QPS = 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi';
const json = (status: number, code?: string) => ({ status, body: { code, message: 'said so', requestid: 'r-1' } });

it.each([
  [json(403, QPS), 'dingtalk.busy', { status: 403, code: QPS, retryAfterMs: 1000 }],
  [json(403, 'Forbidden.AccessDenied.QpsLimitForApi'), 'dingtalk.busy', { retryAfterMs: 1000 }],
  [json(403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'), 'dingtalk.busy', {}],
  [json(400, 'send.too.fast'), 'dingtalk.busy', {}],
  [json(400, 'send.byToken.tooFast'), 'dingtalk.busy', {}],
  [json(429), 'dingtalk.busy', { status: 429, retryAfterMs: 1000 }],
  [json(500, 'system.busy'), 'dingtalk.failed', { status: 500 }],
  [json(503), 'dingtalk.failed', {}],
  [json(504), 'dingtalk.unreachable', { status: 504 }],
  [{ status: 502, body: '<html>bad gateway</html>' }, 'dingtalk.failed', { reason: 'notJson' }],
  [{ status: 200, body: '<html>banned</html>' }, 'dingtalk.failed', { reason: 'notJson' }],
  [
    { status: 200, body: { status: 1111, wait: 5, source: 'x5', punish: 'deny' } },
    'dingtalk.busy',
    { reason: 'banned' },
  ],
  [{ status: 403, body: { status: 1111, wait: 5 } }, 'dingtalk.busy', { retryAfterMs: 300_000 }],
  [{ status: 500, body: '' }, 'dingtalk.failed', {}],
  [json(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'), 'dingtalk.quotaUsedUp', { retryAfterMs: 3_600_000 }],
  [json(404, 'NotFound'), 'dingtalk.refused', {}],
])('%j means %s', async (answer, code, details) => {
  const { api, gateway, asked } = await apiPeer();
  gateway.answers.set(PATHS.create, () => answer);
  const error = await failure(api.createAndDeliver(CARD));
  expect(error).toMatchObject({ code, details, kind: code === 'dingtalk.refused' ? 'permanent' : 'retryable' });
  expect(asked(PATHS.create)).toBe(1);
});

it('nobody there is unreachable', async () => {
  const { api } = await apiPeer({ apiBase: 'http://127.0.0.1:1', oapiBase: 'http://127.0.0.1:1' });
  expect(await failure(api.createAndDeliver(CARD))).toMatchObject({
    code: 'dingtalk.unreachable',
    kind: 'retryable',
    details: { reason: 'ECONNREFUSED' },
  });
});

it('no answer is unreachable after a while', async () => {
  const { api, gateway } = await apiPeer();
  gateway.answers.set(PATHS.update, () => ({ hang: true }));
  const calls = [1, 2].map((n) => failure(api.updateCard({ outTrackId: `t${n}`, params: {} })));
  for (const { code } of await Promise.all(calls)) expect(code).toBe('dingtalk.unreachable');
});
