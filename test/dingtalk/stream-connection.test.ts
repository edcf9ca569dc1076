import { AppError } from '@field/kit/errors';
import { expect, it, vi } from 'vitest';
import { backOffMs } from '../../src/work/back-off.ts';
import { CARD_TOPIC, callbackFrame, cardCallback, ROBOT_TOPIC, systemFrame, textMessage } from '../support/frames.ts';
import { RawGateway } from '../support/raw-gateway.ts';
import { connectedPeer, gate, SECRET, startPeer } from './stream-peer.ts';

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** Notes how long it was asked to wait, and lets the n-th wait last until the test ends. */
function waits(upTo: number) {
  const asked: number[] = [];
  const enough = gate();
  const wait = async (ms: number, signal: AbortSignal) => {
    asked.push(ms);
    if (asked.length < upTo) return;
    enough.open();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  return { asked, wait, enough: enough.opened };
}

it('asks for exactly what it handles, with an address from the configuration', async () => {
  const { gateway } = await connectedPeer();
  const [open, upgrade] = gateway.asked;
  expect(JSON.parse(open?.text ?? '')).toEqual({
    clientId: 'app-1',
    clientSecret: SECRET,
    ua: expect.stringContaining('dingtalk-sdk-nodejs'),
    subscriptions: [
      { type: 'EVENT', topic: '*' },
      { type: 'CALLBACK', topic: ROBOT_TOPIC },
      { type: 'CALLBACK', topic: CARD_TOPIC },
    ],
  });
  expect(open?.headers.accept).toBe('application/json');
  expect(upgrade?.query.get('ticket')).toBe('a+b/c=');
});

it('makes one try a wait while the handshake fails, each wait longer, up to a minute, for ever', async () => {
  const gateway = await new RawGateway().listen();
  gateway.refuseHandshake = 403;
  const { asked, wait, enough } = waits(12);
  const { lines } = startPeer(gateway, {}, { wait, random: () => 1 });
  await enough;
  const seconds = asked.map((ms) => ms / 1000);
  expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]);
  expect(gateway.opens).toBe(12);
  expect(lines.of('stream.failed')).toHaveLength(12);
  expect(lines.text()).not.toMatch(/a\+b|a%2Bb|the-app-secret/);
});

it('does not hammer a gateway that hangs up on everybody at once', async () => {
  const gateway = await new RawGateway().listen();
  const { asked, wait, enough } = waits(5);
  const off = setInterval(() => {
    for (const socket of gateway.sockets) socket.terminate();
  }, 5);
  startPeer(gateway, {}, { wait, random: () => 1 });
  await enough;
  clearInterval(off);
  expect(asked).toEqual([1000, 2000, 4000, 8000, 16000]);
  expect(gateway.opens).toBe(5);
});

it.each([
  [{ status: 400, body: { code: 'invalidClientIdOrSecret', message: 'x' } }, 'dingtalk.credentials'],
  [{ status: 401, body: '' }, 'dingtalk.credentials'],
  [{ status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForApi' } }, 'dingtalk.busy'],
  [{ status: 500, body: '<html>' }, 'dingtalk.failed'],
  [{ body: '<html>banned</html>' }, 'dingtalk.failed'],
  [{ body: { status: 1111, wait: 5, punish: 'deny' } }, 'dingtalk.busy'],
  [{ body: { endpoint: 'ws://x' } }, 'dingtalk.refused'],
  [{ body: { endpoint: 'https://x/connect', ticket: 't' } }, 'dingtalk.refused'],
  [{ body: { endpoint: 'ws://127.0.0.1:1/connect', ticket: 't' } }, 'dingtalk.unreachable'],
  [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'dingtalk.unreachable'],
  [{ body: `{"x":"${'x'.repeat(1024 * 1024)}"}` }, 'dingtalk.failed'],
])('keeps on after the gateway answers %.60j', async (answer, code) => {
  const gateway = await new RawGateway().listen();
  const path = '/v1.0/gateway/connections/open';
  const usual = gateway.answers.get(path);
  gateway.answers.set(path, () => answer);
  const { lines, stream } = startPeer(
    gateway,
    {},
    { wait: async () => void gateway.answers.set(path, usual ?? (() => ({}))) },
  );
  await stream.ready(5_000);
  expect(lines.of('stream.failed')).toMatchObject([{ code }]);
});

it('gives up on an opening that takes too long, and tries again', async () => {
  const gateway = await new RawGateway().listen();
  const path = '/v1.0/gateway/connections/open';
  const usual = gateway.answers.get(path) ?? (() => ({}));
  gateway.answers.set(path, () => ({ hang: true }));
  const wait = async () => void gateway.answers.set(path, usual);
  const { stream, lines } = startPeer(gateway, {}, { wait, timing: { openTimeoutMs: 200 } });
  await stream.ready(20_000);
  expect(lines.of('stream.failed')[0]).toMatchObject({ code: 'dingtalk.unreachable', details: { step: 'open' } });
});

it('asked to move, opens the new connection first, answers on the old one, then ends it', async () => {
  const answer = gate();
  const { gateway, stream, taps, messages } = await connectedPeer(
    {
      tap: async () => {
        await answer.opened;
        return { params: { title: 'ok' } };
      },
    },
    { timing: { drainMs: 50 } },
  );
  const [old] = gateway.sockets;
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), 't1'));
  await gateway.until(() => taps.length === 1);
  gateway.push(systemFrame('disconnect', { reason: 'connection is expired' }));
  await gateway.until(() => gateway.sockets.length === 2);
  expect(old?.readyState).toBe(1);
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('on the new one'), 'm1'), gateway.sockets[1]);
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('on the old one'), 'm2'), gateway.sockets[0]);
  answer.open();
  expect((await gateway.ackOf('t1')).on).toBe(gateway.sockets[0]);
  expect((await gateway.ackOf('m1')).on).toBe(gateway.sockets[1]);
  expect((await gateway.ackOf('m2')).on).toBe(gateway.sockets[0]);
  await gateway.until(() => old?.readyState === 3);
  expect(messages).toHaveLength(2);
  expect(stream.state()).toEqual({ live: 1, wanted: 1, opened: 2 });
  expect(gateway.opens).toBe(2);
});

it('replaces a connection that has gone silent, although the socket looks open', async () => {
  const gateway = await new RawGateway().listen();
  gateway.deaf = true;
  const wait = async () => {
    gateway.deaf = false;
  };
  const { lines } = startPeer(gateway, {}, { wait, timing: { pingMs: 10, missedPings: 6 } });
  await gateway.until(() => gateway.sockets.length === 2);
  const pings = gateway.pings;
  await gateway.until(() => gateway.pings > pings + 20);
  expect(gateway.sockets).toHaveLength(2);
  expect(lines.of('stream.ended')).toMatchObject([{ why: 'silent' }]);
});

it('leaves nothing behind after many connections', async () => {
  const { gateway, stream } = await connectedPeer({}, { wait: async () => undefined, timing: { drainMs: 1 } });
  const warned = vi.fn();
  process.on('warning', warned);
  for (let n = 2; n <= 25; n++) {
    if (n % 2 === 0) gateway.socket.terminate();
    else gateway.push(systemFrame('disconnect'));
    await gateway.until(() => gateway.sockets.length === n);
    await stream.ready(5_000);
  }
  await gateway.until(() => gateway.sockets.filter(({ readyState }) => readyState === 1).length === 1);
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('once'), 'm1'));
  await gateway.ackOf('m1');
  const subscriptions = gateway.asked
    .filter(({ text }) => text !== '')
    .map(({ text }) => JSON.parse(text).subscriptions);
  expect(new Set(subscriptions.map((list) => list.length))).toEqual(new Set([3]));
  expect(gateway.acks).toHaveLength(1);
  process.off('warning', warned);
  expect(warned).not.toHaveBeenCalled();
});

it('closed, answers what it took and what still comes meanwhile, then hangs up, and never comes back', async () => {
  const recorded = gate();
  const { gateway, stream, messages } = await connectedPeer({ message: () => recorded.opened });
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('before'), 'm1'));
  await gateway.until(() => messages.length === 1);
  const closed = stream.close();
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('meanwhile'), 'm2'));
  await gateway.until(() => messages.length === 2);
  expect(gateway.acks).toEqual([]);
  recorded.open();
  await Promise.all([gateway.ackOf('m1'), gateway.ackOf('m2')]);
  await closed;
  await gateway.until(() => gateway.socket.readyState === 3);
  expect(stream.state().live).toBe(0);
  expect(gateway.opens).toBe(1);
  expect(stream.close()).toBe(stream.close());
});

it('records what was pushed before the peer saw it go, and waits for that', async () => {
  const recorded = gate();
  const { gateway, stream, messages, lines } = await connectedPeer({ message: () => recorded.opened });
  const [socket] = gateway.sockets;
  socket?.pause();
  const closed = stream.close();
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('at the last moment'), 'm1'));
  socket?.resume();
  await gateway.until(() => messages.length === 1);
  let ended = false;
  void closed.then(() => {
    ended = true;
  });
  await gateway.until(() => socket?.readyState === 3);
  expect(ended).toBe(false);
  recorded.open();
  await closed;
  expect(lines.of('ack.lost')).toMatchObject([{ trace: 'm1' }]);
  expect(lines.of('stream.unfinished')).toEqual([]);
});

it('closed while it waits, or while it opens, it ends at once', async () => {
  const gateway = await new RawGateway().listen();
  gateway.refuseHandshake = 500;
  const waiting = startPeer(gateway);
  await gateway.until(() => gateway.opens === 1);
  await waiting.stream.close();
  gateway.answers.set('/v1.0/gateway/connections/open', () => ({ hang: true }));
  const opening = startPeer(gateway);
  await gateway.until(() => gateway.opens === 2);
  await opening.stream.close();
  expect(gateway.opens).toBe(2);
});

it('does not wait for ever for what was taken', async () => {
  const { stream, gateway, messages, lines } = await connectedPeer(
    { message: () => new Promise(() => undefined) },
    { timing: { finishMs: 20, goodbyeMs: 20 } },
  );
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('stuck'), 'm1'));
  await gateway.until(() => messages.length === 1);
  await stream.close();
  expect(lines.of('stream.unfinished')).toMatchObject([{ unfinished: 1 }]);
});

it('says that it is not ready in time', async () => {
  const gateway = await new RawGateway().listen();
  gateway.refuseHandshake = 403;
  const { stream } = startPeer(gateway);
  await expect(stream.ready(20)).rejects.toThrow(AppError);
  expect(stream.state()).toEqual({ live: 0, wanted: 1, opened: 0 });
});

it('keeps the console quiet, whatever the SDK would write there', async () => {
  const spies = CONSOLE.map((name) => vi.spyOn(console, name));
  const { gateway, stream } = await connectedPeer({}, { wait: async () => undefined });
  gateway.refuseHandshake = 401;
  gateway.socket.terminate();
  await gateway.until(() => gateway.opens > 3);
  gateway.refuseHandshake = undefined;
  await stream.ready(5_000);
  await stream.close();
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

it('refuses to send a ticket in the clear, except to a DingTalk on this machine', async () => {
  const { askForEndpoint } = await import('../../src/dingtalk/gateway.ts');
  const asked = { clientId: 'a', clientSecret: 'b', ua: '', subscriptions: [], signal: AbortSignal.timeout(5_000) };
  vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(Response.json({ endpoint: 'ws://evil.example/c', ticket: 't' }));
  await expect(askForEndpoint({ ...asked, apiBase: 'https://api.dingtalk.com' })).rejects.toThrow('notEncrypted');
  vi.restoreAllMocks();
});

it('waits half of the time at least, and never more than the whole', () => {
  const limits = { firstMs: 1_000, ceilingMs: 60_000 };
  expect(backOffMs(3, limits, 0)).toBe(4_000);
  expect(backOffMs(3, limits, 0.999_999)).toBe(8_000);
  expect(backOffMs(5_000, limits, 1)).toBe(60_000);
});

it('keeps trying without a peer at all', async () => {
  const gateway = await new RawGateway().listen();
  const { asked, wait, enough } = waits(3);
  const { stream } = startPeer(gateway, {}, { wait, apiBase: 'http://127.0.0.1:1' });
  await enough;
  expect(asked).toHaveLength(3);
  expect(stream.state().live).toBe(0);
});
