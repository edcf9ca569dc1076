import { expect, test } from 'vitest';
import { aCard, aSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

test('a text reaches the bot, a card comes back, a tap changes it', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox, (frame) =>
    frame.headers.topic === '/v1.0/card/instances/callback'
      ? { data: { response: { cardData: { cardParamMap: { title: 'Done' } } } } }
      : { data: { response: null } },
  );
  const sent = await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  expect(sent.status).toBe(200);
  const [frame] = await stream.received(1);
  expect(frame?.data).toMatchObject({
    msgId: sent.body.msgId,
    msgtype: 'text',
    text: { content: 'hi' },
    senderStaffId: 'staff1',
  });
  const made = await sandbox.api(
    'POST',
    '/v1.0/card/instances/createAndDeliver',
    aCard('c1', 'staff1', {
      title: 'Hello',
      tag: 'new',
      buttons: JSON.stringify([
        {
          text: 'Go',
          color: 'blue',
          action: { type: 'sendCardRequest', params: { actionId: 'go', params: { action: 'x.y' } } },
        },
      ]),
    }),
  );
  expect(made).toMatchObject({
    status: 200,
    body: { success: true, result: { outTrackId: 'c1', deliverResults: [{ success: true }] } },
  });
  const [, card] = (await sandbox.control<Record<string, unknown>[]>('GET', '/conversations/staff1')).body;
  expect(card).toMatchObject({
    kind: 'card',
    pos: 2,
    view: { title: 'Hello', buttons: [{ label: 'Go', actionId: 'go', params: { action: 'x.y' } }] },
  });
  const tap = await sandbox.control('POST', '/cards/c1/actions', {
    userId: 'staff1',
    actionId: 'go',
    params: { action: 'x.y' },
  });
  expect(tap.body).toMatchObject({ applied: true });
  const again = (await sandbox.control<Record<string, unknown>[]>('GET', '/conversations/staff1?after=2')).body;
  expect(again).toMatchObject([{ pos: 2, seq: 3, view: { title: 'Done', buttons: [] } }]);
  expect((await sandbox.control('POST', '/idle')).body).toMatchObject({ idle: true });
});
