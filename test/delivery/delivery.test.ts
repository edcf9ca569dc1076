import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { ViewName } from '../../cards/views.ts';
import { beginAnswer } from '../../models/card-answers.ts';
import { findCard, wantCard } from '../../models/cards.ts';
import { forgetEverything } from '../../models/database.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { finishAnswer } from '../support/finish-answer.ts';
import { aDelivery, CREATE, DELIVER, PATIENCE, UPDATE } from './delivery-on-sandbox.ts';

useModels(undefined);
beforeEach(forgetEverything);

let at: Awaited<ReturnType<typeof aDelivery>>;
beforeEach(async () => {
  at = await aDelivery();
  const { delivery } = at;
  onTestFinished(() => delivery.close());
});
afterEach(() => at.rest());

const want = (outTrackId: string, view: ViewName) =>
  inTransaction((tx) => wantCard(outTrackId, { view, line: null }, tx));
const outbox = (intent: string) =>
  mongoose.connection
    .collection<{ _id: string; state: string; error?: string; tries: number; leaseUntil: number }>('outbox')
    .findOne({ _id: intent });
/** A tap's answer that began now. */
const answering = async (outTrackId: string, id: string, now = at.clock.machine()) =>
  (await beginAnswer(outTrackId, { id, at: now, until: now + 3_000 })).answer;

it('sends a card once and redraws it only when it changes', async () => {
  await at.send('c1');
  await at.rest();
  expect(await at.shown('c1')).toBe('menu 1');
  at.delivery.wake();
  await at.rest();
  expect(await at.calls()).toMatchObject({ [CREATE]: 1 });
  await want('c1', 'help');
  at.delivery.wake();
  await at.rest();
  expect(await at.shown('c1')).toBe('help 2');
  expect((await at.calls())[UPDATE]).toBe(1);
});

it('puts fifty changes of a card into few redraws, the last of which is right', async () => {
  await at.send('c1');
  await at.rest();
  for (let count = 0; count < 50; count += 1) {
    await want('c1', 'help');
    at.delivery.wake();
  }
  await at.rest();
  await expect.poll(() => at.shown('c1')).toBe('help 51');
  expect(await at.delivery.left()).toEqual([]);
});

it('makes sure by one redraw what a card shows whose making was not answered, and spares it where it was refused', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true });
  await at.fault('silentRepeat', {});
  await at.send('unsure');
  await at.rest();
  await want('unsure', 'help');
  await at.later(1_100);
  await expect.poll(() => at.shown('unsure')).toBe('help 2');
  expect((await at.calls())[UPDATE]).toBe(1);
  await at.fault('qps', { path: '/v1.0/card/instances/createAndDeliver' });
  await at.send('refused');
  await at.rest();
  await at.later(2_100);
  expect(await at.shown('refused')).toBe('menu 1');
  expect((await at.calls())[UPDATE]).toBe(1);
});

it('folds the old card only once the new one has arrived', async () => {
  await at.send('old');
  await at.rest();
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: false });
  await at.send('new', { folds: 'old' });
  await at.rest();
  expect(await at.shown('old')).toBe('menu 1');
  await at.later(1_100);
  expect(await at.chat()).toEqual(['old', 'new']);
  await expect.poll(() => at.shown('old')).toBe('folded');
});

it('does not send a card that the next one would fold at once', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: false });
  await at.send('first');
  await at.rest();
  await at.send('second', { folds: 'first' });
  await at.rest();
  expect(await at.chat()).toEqual(['second']);
  await at.later(600_000);
  expect(await at.chat()).toEqual(['second']);
  expect(await outbox('first')).toMatchObject({ state: 'DROPPED', error: 'overtaken' });
  await expect.poll(() => at.delivery.left()).toEqual([]);
});

it('lets a card that is under way arrive before the one that folds it', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true, delayMs: 500 });
  await at.send('first');
  await vi.waitFor(async () => expect((await outbox('first'))?.leaseUntil).toBeGreaterThan(0), PATIENCE);
  await at.send('second', { folds: 'first' });
  await vi.waitFor(async () => {
    at.clock.moveTo(at.clock.now() + 50);
    expect(await at.chat()).toEqual(['first', 'second']);
  }, PATIENCE);
  await expect.poll(() => at.shown('first')).toBe('folded');
});

it('calls again after a time-out that hid a success, and the card stands there once', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true });
  await at.send('c1');
  await at.rest();
  expect(await outbox('c1')).toMatchObject({ state: 'PENDING', error: 'dingtalk.unreachable' });
  await at.later(1_100);
  expect(await outbox('c1')).toMatchObject({ state: 'SENT', tries: 2 });
  expect(await at.chat()).toEqual(['c1']);
});

it('brings a card up to date that changed between the hidden success and the second call', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true });
  await at.send('c1');
  await at.rest();
  await want('c1', 'help');
  await at.later(1_100);
  await expect.poll(() => at.shown('c1')).toBe('help 2');
  expect(await at.chat()).toEqual(['c1']);
  expect(await at.delivery.left()).toEqual([]);
});

it('only delivers again what was made but did not arrive', async () => {
  await at.fault('undelivered');
  await at.send('c1');
  await at.rest();
  expect(await at.chat()).toEqual([]);
  await want('c1', 'help');
  await at.later(1_100);
  expect(await at.chat()).toEqual(['c1']);
  expect(await at.calls()).toMatchObject({ [CREATE]: 1, [DELIVER]: 1 });
  await expect.poll(() => at.shown('c1')).toBe('help 2');
});

/** A call that was carried out, and neither answered nor brought into the chat. */
const madeAndLost = async (outTrackId: string): Promise<void> => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true });
  await at.fault('undelivered');
  await at.send(outTrackId);
  await at.rest();
  expect(await at.chat()).toEqual([]);
};

it('delivers a card of which DingTalk says only that it exists, since its first call may have stopped half-way', async () => {
  await madeAndLost('c1');
  await want('c1', 'help');
  await at.later(1_100);
  expect(await at.chat()).toEqual(['c1']);
  expect((await at.calls())[DELIVER]).toBe(1);
  await expect.poll(() => at.shown('c1')).toBe('help 2');
  await expect.poll(() => at.delivery.left()).toEqual([]);
});

it('delivers it also where the repeated call says that it was not', async () => {
  await madeAndLost('c1');
  await at.later(1_100);
  await at.later(2_200);
  expect(await at.chat()).toEqual(['c1']);
  expect(await at.calls()).toMatchObject({ [CREATE]: 2, [DELIVER]: 1 });
});

it('tries to deliver it until that works', async () => {
  await madeAndLost('c1');
  await want('c1', 'help');
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/deliver', done: false });
  await at.later(1_100);
  expect(await outbox('c1')).toMatchObject({ state: 'PENDING', error: 'dingtalk.unreachable' });
  await at.later(2_200);
  expect(await at.chat()).toEqual(['c1']);
  expect(await outbox('c1')).toMatchObject({ state: 'SENT' });
});

it('takes a card for delivered that exists and that DingTalk does not deliver again', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true });
  await at.send('c1');
  await at.rest();
  await want('c1', 'help');
  await at.fault('refusal', { path: '/v1.0/card/instances/deliver', code: 'param.invalid' });
  await at.later(1_100);
  expect(await outbox('c1')).toMatchObject({ state: 'SENT' });
  await expect.poll(() => at.shown('c1')).toBe('help 2');
  expect(at.logged()).not.toContain('send.dead');
});

it('delivers nothing again that was tapped meanwhile: it is in the chat', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: true });
  await at.send('c1');
  await at.rest();
  await want('c1', 'help');
  await answering('c1', 't1');
  await at.later(1_100);
  expect(await outbox('c1')).toMatchObject({ state: 'SENT' });
  expect((await at.calls())[DELIVER]).toBeUndefined();
});

it('waits longer after every failure', async () => {
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances/createAndDeliver', done: false, times: 3 });
  await at.send('c1');
  await at.rest();
  const waits: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const row = await mongoose.connection.collection<{ _id: string; dueAt: number }>('outbox').findOne({ _id: 'c1' });
    waits.push((row?.dueAt ?? 0) - at.clock.now());
    expect(await outbox('c1')).toMatchObject({ state: 'PENDING' });
    await at.later((row?.dueAt ?? 0) - at.clock.now());
  }
  expect(await outbox('c1')).toMatchObject({ state: 'SENT' });
  expect(waits).toEqual(waits.toSorted((one, other) => one - other));
  expect(new Set(waits.map((ms) => Math.round(ms / 500))).size).toBe(3);
});

it('takes up what another left as soon as that one’s time for it is over, without being woken', async () => {
  const rows = mongoose.connection;
  const later = () => at.clock.machine() + 400;
  await at.send('seen');
  await at.rest();
  await at.fault('qps', { path: '/v1.0/card/instances/createAndDeliver' });
  await at.send('c1');
  await at.rest();
  const ofSends = { $set: { leaseUntil: later(), dueAt: at.clock.now(), token: 'another' } };
  await rows.collection<{ _id: string }>('outbox').updateOne({ _id: 'c1' }, ofSends);
  const ofPuts = { $set: { stale: true, wanted: 7, putting: { token: 'another', until: later() } } };
  await rows.collection<{ _id: string }>('cards').updateOne({ _id: 'seen' }, ofPuts);
  at.delivery.wake();
  await expect.poll(() => at.chat(), PATIENCE).toEqual(['seen', 'c1']);
  await expect.poll(() => at.shown('seen'), PATIENCE).toBe('menu 7');
});

it('gives up what DingTalk refuses, says so, and goes on with the rest', async () => {
  await at.send('dead', { viewer: 'nobody' });
  await at.send('c1');
  await at.rest();
  expect(await outbox('dead')).toMatchObject({ state: 'DEAD', error: 'dingtalk.refused', tries: 1 });
  expect(at.logged()).toContain('send.dead');
  expect(await at.chat()).toEqual(['c1']);
  expect(await at.delivery.left()).toEqual([]);
});

it('gives nothing up while the month is used up, and asks once an hour', async () => {
  await at.fault('apiQuota', { times: 1_000 });
  await at.send('c1');
  await at.rest();
  // in well under a second of the machine, in which DingTalk takes 20 calls
  for (let hours = 1; hours < 12; hours += 1) {
    await at.later(3_000_000);
    await at.later(600_000);
  }
  expect(await at.chat()).toEqual([]);
  expect(await outbox('c1')).toMatchObject({ state: 'PENDING', error: 'dingtalk.quotaUsedUp', tries: 0 });
  expect(at.logged().match(/send\.failed/g)).toHaveLength(12);
  await at.sandbox.control('DELETE', '/faults');
  await at.later(3_600_000);
  expect(await outbox('c1')).toMatchObject({ state: 'SENT', tries: 1 });
  expect(await at.chat()).toEqual(['c1']);
});

it('repairs a card whose answer was lost by one redraw, after the quiet time and not before', async () => {
  await at.send('c1');
  await at.rest();
  await want('c1', 'help');
  const begun = at.clock.machine();
  const answer = await answering('c1', 't1', begun);
  expect(await finishAnswer(answer, undefined, false)).toEqual({ needsPut: true });
  at.delivery.wake();
  await at.rest();
  expect(await at.shown('c1')).toBe('menu 1');
  await expect.poll(() => at.shown('c1')).toBe('help 2');
  expect(at.clock.machine() - begun).toBeGreaterThanOrEqual(3_000);
  await at.rest();
  expect((await at.calls())[UPDATE]).toBe(1);
  expect(await findCard('c1')).toMatchObject({ shown: { version: 2 } });
});

it('repairs a card whose two taps crossed by one redraw', async () => {
  await at.send('c1');
  await at.rest();
  await want('c1', 'help');
  const [first, second] = [await answering('c1', 't1'), await answering('c1', 't2')];
  await finishAnswer(second, { version: 2, hash: 'help 2' }, false);
  await finishAnswer(first, { version: 2, hash: 'menu 1' }, false);
  at.delivery.wake();
  await expect.poll(() => at.shown('c1')).toBe('help 2');
  await at.rest();
  expect((await at.calls())[UPDATE]).toBe(1);
  expect(await at.delivery.left()).toEqual([]);
});

it('tries a redraw again that DingTalk was too busy for', async () => {
  await at.send('c1');
  await at.rest();
  await at.fault('gatewayTimeout', { path: '/v1.0/card/instances', method: 'PUT', done: false });
  await want('c1', 'help');
  at.delivery.wake();
  await expect.poll(() => at.shown('c1')).toBe('help 2');
});
