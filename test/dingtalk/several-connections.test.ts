import { expect, it } from 'vitest';
import { STREAM_TIMING } from '../../src/dingtalk/stream.ts';
import { CARD_TOPIC, callbackFrame, cardCallback, ROBOT_TOPIC, systemFrame, textMessage } from '../support/frames.ts';
import { RawGateway } from '../support/raw-gateway.ts';
import { connectedPeer, startPeer } from './stream-peer.ts';

const TWO = { connections: 2 };
const both = (gateway: RawGateway) => gateway.until(() => gateway.sockets.length === 2);

it('knows a dead connection within 25 s, even one that died right after its last pong', () => {
  const { pingMs, missedPings } = STREAM_TIMING;
  expect((missedPings + 1) * pingMs).toBeLessThanOrEqual(25_000);
});

it('holds as many connections as it is told, opened one after another, and is ready with the first', async () => {
  const gateway = await new RawGateway().listen();
  const path = '/v1.0/gateway/connections/open';
  const usual = gateway.answers.get(path) ?? (() => ({}));
  gateway.answers.set(path, (asked) => (gateway.sockets.length === 0 ? usual(asked) : { hang: true }));
  const { stream } = startPeer(gateway, {}, { connections: 3 });
  await stream.ready(5_000);
  await gateway.until(() => gateway.opens === 2);
  expect(stream.state()).toEqual({ live: 1, wanted: 3, opened: 1 });
  expect(gateway.sockets).toHaveLength(1);
});

it('takes what comes on either, and answers on that one', async () => {
  const { gateway, messages } = await connectedPeer({}, TWO);
  await both(gateway);
  for (const [index, socket] of gateway.sockets.entries()) {
    gateway.push(callbackFrame(ROBOT_TOPIC, textMessage(`on ${index}`), `m${index}`), socket);
    gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), `t${index}`), socket);
    expect((await gateway.ackOf(`m${index}`)).on).toBe(socket);
    expect((await gateway.ackOf(`t${index}`)).on).toBe(socket);
  }
  expect(messages).toHaveLength(2);
});

it('asked to move one, the other goes on, and only that one is replaced', async () => {
  const { gateway, stream } = await connectedPeer({}, { ...TWO, timing: { drainMs: 1 } });
  await both(gateway);
  const [first, second] = gateway.sockets;
  gateway.push(systemFrame('disconnect', { reason: 'connection is expired' }), first);
  await gateway.until(() => gateway.sockets.length === 3 && first?.readyState === 3);
  await expect.poll(() => stream.state()).toEqual({ live: 2, wanted: 2, opened: 3 });
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('still here'), 'm1'), second);
  expect((await gateway.ackOf('m1')).on).toBe(second);
});

it('asked to move both, it replaces one at a time', async () => {
  const { gateway, stream } = await connectedPeer({}, { ...TWO, timing: { drainMs: 1 } });
  await both(gateway);
  const path = '/v1.0/gateway/connections/open';
  const usual = gateway.answers.get(path) ?? (() => ({}));
  gateway.answers.set(path, () => ({ hang: true }));
  for (const socket of gateway.sockets) gateway.push(systemFrame('disconnect'), socket);
  await gateway.until(() => gateway.opens === 3);
  // what was pushed before this ack was read, the second order to move among it
  gateway.push(systemFrame('ping', { opaque: 'seen' }), gateway.sockets[1]);
  await gateway.until(() => gateway.acks.length === 1);
  expect(gateway.opens).toBe(3);
  gateway.answers.set(path, usual);
  await stream.close();
});

it('one that goes silent is dropped and replaced while the other goes on', async () => {
  const gateway = await new RawGateway().listen();
  const { stream, lines } = startPeer(gateway, {}, { ...TWO, timing: { pingMs: 10, missedPings: 6 } });
  await both(gateway);
  await expect.poll(() => stream.state().live).toBe(2);
  const [dead, alive] = gateway.sockets;
  dead?.pause();
  await gateway.until(() => gateway.sockets.length === 3);
  await expect.poll(() => stream.state()).toEqual({ live: 2, wanted: 2, opened: 3 });
  expect(lines.of('stream.ended')).toMatchObject([{ why: 'silent' }]);
  expect(alive?.readyState).toBe(1);
});

it('says while one is gone that one of two is live', async () => {
  const forever = (_ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  const { gateway, stream } = await connectedPeer({}, { ...TWO, wait: forever });
  await both(gateway);
  await expect.poll(() => stream.state().live).toBe(2);
  gateway.sockets[0]?.terminate();
  await expect.poll(() => stream.state()).toEqual({ live: 1, wanted: 2, opened: 2 });
});

it('closed, hangs up on every one', async () => {
  const { gateway, stream } = await connectedPeer({}, TWO);
  await both(gateway);
  await stream.close();
  await gateway.until(() => gateway.sockets.every(({ readyState }) => readyState === 3));
  expect(stream.state().live).toBe(0);
  expect(gateway.opens).toBe(2);
});
