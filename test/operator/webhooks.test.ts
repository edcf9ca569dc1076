import { afterAll, beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { noteWebhookFailed, noteWebhookSent, recordWebhooks, webhooksOfItem } from '../../models/webhook-events.ts';
import { useModels } from '../models/store.ts';
import { event, NOON, record } from '../webhooks/at-work.ts';
import { typed } from './typed.ts';

useModels(undefined);

const now = () => NOON + 3_600_000;
let sent = '';
let waits = '';

/** A spot that was submitted, which the receiver knows, and decided, which it does not take. */
beforeEach(async () => {
  await forgetEverything();
  recordWebhooks(true);
  await record(event('door', 0), event('door', 3));
  [sent = '', waits = ''] = (await webhooksOfItem('door')).map(({ eventId }) => eventId);
  await noteWebhookSent(sent, { sentAt: NOON + 20, answered: '204' });
  await noteWebhookFailed(waits, { dueAt: now() + 60_000, tries: 4, answered: '422' });
});
afterAll(() => recordWebhooks(false));

const statesOf = async () => (await webhooksOfItem('door')).map(({ state }) => state);

it('the list says what waits and why, or what was sent, and how many there are of each', async () => {
  const time = '2026-05-04T04:00:00.000Z';
  const count = '1 waiting, 1 sent, 0 skipped.';
  const stuck = `${time}  ${waits}  item.decided door#1  waiting  4 tries  422`;
  const taken = `${time}  ${sent}  item.submitted door#1  sent  204`;
  expect((await typed('webhooks list', { now })).out).toBe(`${stuck}\n${count}`);
  expect((await typed('webhooks list --state sent', { now })).out).toBe(`${taken}\n${count}`);
  expect((await typed('webhooks list --item door', { now })).out).toBe(`${taken}\n${stuck}\n${count}`);
  expect((await typed('webhooks list --state sent --since 2026-05-04T12:00:01+08:00', { now })).out).toBe(count);
  const longAfter = () => NOON + 3 * 24 * 3_600_000;
  expect((await typed('webhooks list --state sent', { now: longAfter })).out).toBe(count);
  expect((await typed('webhooks list', { now: longAfter })).out).toBe(`${stuck}\n${count}`);
});

it('an event is shown as it is sent', async () => {
  const { out } = await typed(`webhooks show ${waits} --json`, { now });
  expect(JSON.parse(out)).toMatchObject({
    eventId: waits,
    state: 'waiting',
    answered: '422',
    body: { type: 'item.decided', data: { itemRef: 'door', revision: 1 } },
  });
  expect((await typed(`webhooks show ${sent}`, { now })).out).toContain('sentAt: 2026-05-04T04:00:00.020Z');
});

it('one, an item, and all since a time are sent again', async () => {
  expect((await typed(`webhooks replay event ${sent}`, { now })).out).toBe(`${sent} is sent again.`);
  expect(await statesOf()).toEqual(['WAITING', 'WAITING']);
  expect((await typed('webhooks replay item door', { now })).out).toBe('2 are sent again.');
  expect((await webhooksOfItem('door')).map(({ dueAt, tries }) => [dueAt, tries])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  for (const eventId of [sent, waits]) await noteWebhookSent(eventId, { sentAt: now(), answered: '204' });
  expect((await typed('webhooks replay since 2026-05-04T04:00:00.001Z', { now })).out).toBe(
    'Nothing of that was sent.',
  );
  expect((await typed('webhooks replay since 2026-05-04T04:00:00Z', { now })).out).toBe('2 are sent again.');
  expect(await statesOf()).toEqual(['WAITING', 'WAITING']);
});

it('what the receiver cannot take is skipped, and what was sent is not', async () => {
  expect((await typed(`webhooks skip ${waits}`, { now })).out).toBe(`${waits} is not sent.`);
  expect(await statesOf()).toEqual(['SENT', 'SKIPPED']);
  const none = `No such event ${sent} waits. See: npm run op -- webhooks list`;
  expect(await typed(`webhooks skip ${sent}`, { now })).toEqual({ exit: 1, out: '', err: none });
});

it.each([
  ['webhooks show msg_nobody', 1, 'No such event msg_nobody. See: npm run op -- webhooks list'],
  ['webhooks replay event msg_nobody', 1, 'No such event msg_nobody. See: npm run op -- webhooks list'],
  ['webhooks replay since yesterday', 2, '<time> must be a time with its zone, as 2026-05-04T00:00:00Z or …+08:00.'],
  ['webhooks list --state lost', 2, '--state must be one of waiting, sent, skipped.'],
])('“%s” is refused in a sentence', async (line, exit, sentence) => {
  const shown = await typed(line, { now });
  expect([shown.exit, shown.err.split('\n')[0]]).toEqual([exit, sentence]);
});
