import { MovableClock } from '@field/kit/clock';
import { expect, it, vi } from 'vitest';
import {
  CARD_TOPIC,
  callbackFrame,
  cardCallback,
  eventFrame,
  ROBOT_TOPIC,
  systemFrame,
  textMessage,
} from '../support/frames.ts';
import { connectedPeer, gate } from './stream-peer.ts';

it('acks a message only when it is recorded', async () => {
  const recorded = gate();
  const { gateway, messages } = await connectedPeer({ message: () => recorded.opened });
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('menu'), 'm1'));
  gateway.push(systemFrame('ping', { opaque: 'o1' }));
  await gateway.until(() => messages.length === 1 && gateway.acks.length === 1);
  expect(gateway.acks[0]?.data).toEqual({ opaque: 'o1' });
  recorded.open();
  expect(await gateway.ackOf('m1')).toMatchObject({ code: 200, data: { response: {} } });
  expect(messages[0]?.content.text).toBe('menu');
});

it('leaves a message that could not be recorded without an ack, and takes the next', async () => {
  const fail = vi.fn().mockRejectedValueOnce(new Error('store down')).mockResolvedValue(undefined);
  const { gateway, lines } = await connectedPeer({ message: fail });
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('one'), 'm1'));
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('two'), 'm2'));
  await gateway.ackOf('m2');
  expect(gateway.acks.map(({ headers }) => headers.messageId)).toEqual(['m2']);
  expect(lines.of('message.notRecorded')).toMatchObject([{ trace: 'm1', level: 'error' }]);
});

it('records an event before it acks it, and asks for another push when it cannot', async () => {
  const recorded = gate();
  const { gateway, events } = await connectedPeer({
    event: async ({ type }) => {
      await recorded.opened;
      if (type === 'user_leave_org') throw new Error('store down');
    },
  });
  gateway.push(eventFrame('user_add_org', { userId: ['u1'] }, { messageId: 'e1' }));
  gateway.push(eventFrame('user_leave_org', { userId: ['u1'] }, { messageId: 'e2' }));
  await gateway.until(() => events.length === 2);
  expect(gateway.acks).toEqual([]);
  recorded.open();
  expect((await gateway.ackOf('e1')).data).toEqual({ status: 'SUCCESS' });
  expect((await gateway.ackOf('e2')).data).toEqual({ status: 'LATER' });
});

it('acks an event that nobody has a use for, and hands it to nobody', async () => {
  const { gateway, events, lines } = await connectedPeer();
  gateway.push(eventFrame('chat_update_title', { openConversationId: 'cid1' }, { messageId: 'e1' }));
  expect((await gateway.ackOf('e1')).data).toEqual({ status: 'SUCCESS' });
  expect([events, lines.of('frame.malformed')]).toEqual([[], []]);
});

it('answers a tap with the whole card, and tells when the answer has left', async () => {
  const left = vi.fn();
  const { gateway } = await connectedPeer({ tap: async () => ({ params: { title: 'Saved', step: '2' }, left }) });
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), 't1'));
  const ack = await gateway.ackOf('t1');
  expect(ack.data).toEqual({ response: { cardData: { cardParamMap: { title: 'Saved', step: '2' } } } });
  await expect.poll(() => left.mock.calls).toEqual([[true]]);
});

it('answers only the person who tapped without touching what the others see', async () => {
  const { gateway } = await connectedPeer({ tap: async () => ({ privateParams: { note: 'not yours' } }) });
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), 't1'));
  expect((await gateway.ackOf('t1')).data).toEqual({
    response: {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: false },
      userPrivateData: { cardParamMap: { note: 'not yours' } },
    },
  });
});

it('answers "no change" to a tap that cannot be read, means nothing, or fails', async () => {
  const { gateway, taps, lines } = await connectedPeer({
    tap: async ({ params }) => {
      if (params.action === 'fail') throw new Error('boom');
      return {};
    },
  });
  gateway.push(callbackFrame(CARD_TOPIC, 'no json', 't1'));
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'fail' }), 't2'));
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'ok' }), 't3'));
  for (const id of ['t1', 't2', 't3']) expect((await gateway.ackOf(id)).data).toEqual({ response: {} });
  expect(taps).toHaveLength(2);
  expect(lines.of('frame.malformed')).toMatchObject([{ trace: 't1', reason: 'notATap' }]);
  expect(lines.of('tap.failed')).toMatchObject([{ trace: 't2' }]);
});

it('does not count an answer that left too late to change the card', async () => {
  class SlowClock extends MovableClock {
    late = 0;
    override machine(): number {
      return super.machine() + this.late;
    }
  }
  const clock = new SlowClock();
  const left = vi.fn();
  const late = async () => {
    clock.late = 1_801;
    return { params: { title: 'late' }, left };
  };
  const { gateway } = await connectedPeer({ tap: late }, { clock });
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), 't1'));
  await gateway.ackOf('t1');
  await expect.poll(() => left.mock.calls).toEqual([[false]]);
});

it('does not count an answer that could not leave', async () => {
  const left = vi.fn();
  const tapped = gate();
  const { gateway, stream, lines } = await connectedPeer({
    tap: async () => {
      await tapped.opened;
      return { params: { title: 'lost' }, left };
    },
  });
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), 't1'));
  gateway.socket.terminate();
  await expect.poll(() => stream.state().live).toBe(0);
  tapped.open();
  await expect.poll(() => left.mock.calls).toEqual([[false]]);
  expect(lines.of('ack.lost')).toMatchObject([{ trace: 't1' }]);
});

it('a handler that throws at once stalls nothing', async () => {
  const { gateway } = await connectedPeer({
    tap: () => {
      throw new Error('at once');
    },
  });
  for (const id of ['t1', 't2', 't3']) gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), id));
  for (const id of ['t1', 't2', 't3']) expect((await gateway.ackOf(id)).data).toEqual({ response: {} });
});

it('goes on after anything that is no frame', async () => {
  const { gateway, lines } = await connectedPeer();
  const person = 'Somchai 081-234-5678';
  for (const text of ['{', person, '[]', 'null', '{"type":"CALLBACK"}', '{"type":"NEWS","headers":{"topic":"x"}}']) {
    gateway.push(text);
  }
  gateway.push(callbackFrame('/v1.0/graph/api/invoke', {}, 'g1'));
  gateway.socket.send(Buffer.from([0, 159, 255]), { binary: true });
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('still here'), 'm1'));
  await gateway.ackOf('m1');
  expect(lines.of('frame.unread')).toHaveLength(8);
  expect(lines.text()).not.toMatch(/Somchai|081-234/);
});

it('drops a connection that brings more than a frame can hold, and goes on with the next', async () => {
  const { gateway, messages } = await connectedPeer({}, { wait: async () => undefined });
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('x'.repeat(6 * 1024 * 1024)), 'huge'));
  await gateway.until(() => gateway.sockets.length === 2);
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('still here'), 'm1'));
  await gateway.ackOf('m1');
  expect(messages.map(({ content }) => content.text)).toEqual(['still here']);
});

it('says in the log what happened, and nothing of what was said or by whom', async () => {
  const { gateway, lines } = await connectedPeer();
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('my number is 0812345678'), 'm1'));
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a.b', form: { phone: '0812345678' } }), 't1'));
  await gateway.ackOf('m1');
  await gateway.ackOf('t1');
  await expect.poll(() => lines.of('tap.answered')).toMatchObject([{ trace: 't1', action: 'a.b', counts: true }]);
  expect(lines.text()).not.toMatch(/0812345678|Sunan|secret/);
});
