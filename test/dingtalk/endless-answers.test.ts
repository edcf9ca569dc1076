import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { OpenApi } from '../../src/dingtalk/open-api.ts';
import { apiPeer, CARD, failure, PATHS } from './open-api-peer.ts';

const MIB = 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 'x');
/** What the wire, its buffers on both sides and the reader may hold of an answer that nobody reads to its end. */
const ON_THE_WAY = 24 * MIB;

const CALLS: Readonly<Record<string, (api: OpenApi) => Promise<unknown>>> = {
  [PATHS.token]: (api) => api.createAndDeliver(CARD),
  [PATHS.create]: (api) => api.createAndDeliver(CARD),
  [PATHS.deliver]: (api) => api.deliver(CARD),
  [PATHS.update]: (api) => api.updateCard({ outTrackId: 't', params: {} }),
  [PATHS.download]: (api) => api.downloadUrl('d1'),
  [PATHS.upload]: (api) => api.uploadImage({ bytes: Buffer.from('x'), fileName: 'a.png' }),
  '/v1.0/robot/oToMessages/batchSend': (api) => api.sendFile({ userId: 'nok', mediaId: '@m', fileName: 'a.xlsx' }),
  '/topapi/v2/user/create': (api) => api.invite({ name: 'Nok', mobile: '+66-812344821' }),
  '/topapi/v2/user/get': (api) => api.contactOf('nok'),
  '/topapi/v2/user/getuserinfo': (api) => api.userByCode('c1'),
  '/v1.0/oauth2/jsapiTickets': (api) => api.pageTicket(),
  '/v1.0/todo/users/u1/tasks/t1': (api) => api.updateTodo({ unionId: 'u1', taskId: 't1', done: true }),
  '/v1.0/todo/users/u1/org/tasks/query': (api) => api.findTodo({ unionId: 'u1', name: 'n' }),
  '/v1.0/robot/plugins/set': (api) => api.quickEntries.set([]),
  '/v1.0/robot/plugins/query': (api) => api.quickEntries.list(),
  '/v1.0/robot/plugins/clear': (api) => api.quickEntries.clear(),
};

/** DingTalk answers 600 MB; `sent` counts what was taken of them. */
async function endless(path: string, status: number) {
  const peer = await apiPeer();
  let sent = 0;
  let left = false;
  function* pieces() {
    try {
      while (sent < 600 * MIB) {
        sent += PIECE.length;
        yield PIECE;
      }
    } finally {
      left = true;
      peer.gateway.changed();
    }
  }
  peer.gateway.answers.set(path, () => ({ status, pieces }));
  return { ...peer, sent: () => sent, closed: () => peer.gateway.until(() => left) };
}

it.each(Object.keys(CALLS).flatMap((path) => [200, 400].map((status) => [path, status] as const)))(
  '%s that answers %i without an end is left, and may be asked again',
  async (path, status) => {
    const { api, sent, closed } = await endless(path, status);
    const before = process.memoryUsage();
    expect(await failure(CALLS[path]?.(api) ?? Promise.resolve())).toMatchObject({
      code: 'dingtalk.failed',
      kind: 'retryable',
      details: { reason: 'tooLong' },
    });
    const after = process.memoryUsage();
    await closed();
    expect(sent()).toBeLessThan(ON_THE_WAY);
    expect(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(2 * ON_THE_WAY);
  },
);

it('one that comes a byte at a time is left as well, and its connection is closed', async () => {
  const { api, gateway } = await apiPeer();
  let left = false;
  gateway.answers.set(PATHS.create, () => ({
    pieces: async function* () {
      try {
        for (;;) {
          yield Buffer.from(' ');
          await wait(100);
        }
      } finally {
        left = true;
        gateway.changed();
      }
    },
  }));
  expect(await failure(api.createAndDeliver(CARD))).toMatchObject({
    code: 'dingtalk.unreachable',
    details: { reason: 'timeout' },
  });
  await gateway.until(() => left);
});
