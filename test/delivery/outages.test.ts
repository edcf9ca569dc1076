import { AppError } from '@field/kit/errors';
import { derivedId } from '@field/kit/ids';
import mongoose from 'mongoose';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { callWorked, outSince } from '../../models/outages.ts';
import { addToOutbox } from '../../models/outbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { aFlakyDelivery } from './flaky-dingtalk.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

useModels(undefined);
beforeEach(forgetEverything);

let at: ReturnType<typeof aFlakyDelivery>;
beforeEach(() => {
  at = aFlakyDelivery();
  onTestFinished(() => at.close());
});

const row = (intent: string) =>
  mongoose.connection
    .collection<{ _id: string; state: string; error?: string; tries: number }>('outbox')
    .findOne({ _id: intent });
const record = (intent: string) => derivedId('record', intent);
const arrived = () => at.dingTalk.arrived.map(({ outTrackId }) => outTrackId);
const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

it.each([
  ['19 minutes', 19 * MINUTE, 30 * SECOND],
  ['a weekend', 60 * HOUR, 2 * HOUR],
])('a card that nobody could take for %s comes when DingTalk is back', async (_, outage, step) => {
  at.dingTalk.weather = 'away';
  const told = await at.tells('nok', 'promotion.submitted');
  await at.later(outage, step);
  expect(await row(record(told))).toMatchObject({ state: 'PENDING', error: 'dingtalk.unreachable' });
  at.dingTalk.weather = 'well';
  await at.later(5 * MINUTE);
  expect(arrived()).toEqual([record(told)]);
  expect(await at.left()).toEqual([]);
});

it('a person who writes after an outage has their card at once, and none of those that it would have folded', async () => {
  const old = await at.writes('nok');
  at.dingTalk.weather = 'away';
  for (let count = 0; count < 17; count += 1) {
    await at.writes('nok');
    await at.later(15 * SECOND);
  }
  at.dingTalk.weather = 'well';
  const newest = await at.writes('nok');
  expect(arrived()).toEqual([old, newest]);
  await at.later(5 * SECOND);
  expect(at.dingTalk.cards.get(old)?.params).toEqual({ title: 'folded' });
  await at.later(10 * MINUTE, MINUTE);
  expect(arrived()).toEqual([old, newest]);
  expect(await at.left()).toEqual([]);
});

it('a card that was made without anybody knowing is folded by the one that overtook it', async () => {
  at.dingTalk.weather = 'answerLost';
  const unknown = await at.writes('nok');
  at.dingTalk.weather = 'away';
  const never = await at.writes('nok');
  at.dingTalk.weather = 'well';
  const newest = await at.writes('nok');
  await at.later(5 * SECOND);
  expect(arrived()).toEqual([unknown, newest]);
  expect(at.dingTalk.cards.get(unknown)?.params).toEqual({ title: 'folded' });
  expect(await row(never)).toMatchObject({ state: 'DROPPED', error: 'overtaken' });
  expect(await at.left()).toEqual([]);
});

it('one that gets through makes all that wait for that call due at once', async () => {
  at.dingTalk.weather = 'away';
  for (const userId of people(20)) await at.tells(userId, 'promotion.submitted');
  await at.later(HOUR, MINUTE);
  at.dingTalk.weather = 'well';
  await at.tells('nok', 'promotion.submitted');
  expect(arrived()).toHaveLength(21);
  expect(await at.left()).toEqual([]);
});

it('one that fails as another gets through is due, though it was not among those that waited', async () => {
  const [platform] = at.platforms;
  const card = await at.writes('nok');
  const ways = { createAndDeliver: () => at.tells('nok', 'promotion.submitted'), updateCard: () => at.changes(card) };
  for (const [call, begin] of Object.entries(ways)) {
    at.dingTalk.weather = 'away';
    at.dingTalk.onFailure = async () => {
      at.dingTalk.onFailure = undefined;
      at.dingTalk.weather = 'well';
      const space = { kind: 'person', userId: 'lek' } as const;
      const another = { outTrackId: 'another', space, params: {}, preview: '', alert: undefined };
      const bill = { payer: 'iso', class: 'own' } as const;
      await (call === 'updateCard' ? platform?.updateCard(another, bill) : platform?.createAndDeliver(another, bill));
    };
    await begin();
    expect(await at.left()).toEqual([]);
  }
});

it('where the store fails, DingTalk is not what fails, and what waits is tried each second for as long as that takes', async () => {
  let fails = 0;
  at.dingTalk.onCall = () => {
    fails += 1;
    if (fails <= 12) throw new AppError('store.cannotSave', { why: 'full' });
  };
  const told = await at.tells('nok', 'promotion.submitted');
  expect(await outSince()).toBeUndefined();
  await at.later(12 * SECOND, SECOND);
  expect(arrived()).toEqual([record(told)]);
});

it('what waits is due with the next that works, where a process died as it made it due', async () => {
  at.dingTalk.weather = 'away';
  for (const userId of people(20)) await at.tells(userId, 'promotion.submitted');
  await at.later(HOUR, MINUTE);
  at.dingTalk.weather = 'well';
  expect(await callWorked('createAndDeliver', at.clock.machine())).toHaveLength(1);
  await at.tells('nok', 'promotion.submitted');
  expect(arrived()).toHaveLength(1);
  await at.later(11 * SECOND);
  await at.tells('lek', 'promotion.submitted');
  expect(arrived()).toHaveLength(22);
  expect(await at.left()).toEqual([]);
});

it('an outage costs a few calls at a time, however much waits', async () => {
  at.dingTalk.weather = 'away';
  for (const userId of people(60)) await at.tells(userId, 'promotion.submitted');
  expect(at.dingTalk.asked).toBeLessThanOrEqual(60 + 4);
  const before = at.dingTalk.asked;
  await at.later(HOUR, MINUTE);
  expect(at.dingTalk.asked - before).toBeLessThanOrEqual(4 * 20);
});

it('whoever writes has at once what waits for them, and for nobody else', async () => {
  at.dingTalk.weather = 'usedUp';
  const waiting: string[] = [];
  for (const userId of ['lek', 'nok', 'lek', 'nok']) waiting.push(await at.tells(userId, 'promotion.submitted'));
  at.dingTalk.weather = 'well';
  await at.later(HOUR);
  await at.later(MINUTE);
  expect(arrived()).toEqual([record(waiting[0] ?? ''), record(waiting[1] ?? '')]);
  const card = await at.writes('lek');
  expect(arrived().slice(2).sort()).toEqual([card, record(waiting[2] ?? '')].sort());
});

it('a month that is used up for one call is not for the others: the first that works lifts it', async () => {
  const card = await at.writes('nok');
  at.dingTalk.weather = 'usedUp';
  await at.changes(card);
  expect(at.dingTalk.cards.get(card)?.params).toEqual({ title: 'menu 1' });
  at.dingTalk.weather = 'well';
  await at.tells('lek', 'promotion.submitted');
  expect(at.dingTalk.cards.get(card)?.params).toEqual({ title: 'help 2' });
  expect(await at.left()).toEqual([]);
});

it('after a month that was used up each person has one card, one after another, and the rest of theirs an hour apart', async () => {
  at.dingTalk.weather = 'usedUp';
  for (const userId of people(8)) {
    for (const view of ['promotion.submitted', 'review.answer', 'review.fraud'] as const) await at.tells(userId, view);
  }
  await at.later(6 * HOUR, HOUR);
  expect(arrived()).toEqual([]);
  at.dingTalk.weather = 'well';
  const mostOfOne = () => {
    const cards = people(8).map((one) =>
      at.dingTalk.arrived.filter(({ space }) => JSON.stringify(space).includes(one)),
    );
    return Math.max(...cards.map(({ length }) => length));
  };
  while (arrived().length === 0) await at.later(15 * SECOND);
  expect(arrived()).toHaveLength(1);
  for (const hour of [1, 2, 3]) {
    await at.later(10 * MINUTE, MINUTE);
    expect([mostOfOne(), arrived().length]).toEqual([hour, 8 * hour]);
    await at.later(HOUR - 10 * MINUTE);
  }
  expect(await at.left()).toEqual([]);
});

it('a month that is used up for a few cards while others pass makes nobody wait for anybody else', async () => {
  at.dingTalk.weather = 'usedUp';
  for (const userId of people(6)) await at.tells(userId, 'promotion.submitted');
  await at.later(20 * SECOND);
  at.dingTalk.weather = 'well';
  await at.writes('nok');
  expect(arrived()).toHaveLength(7);
  expect(await at.left()).toEqual([]);
});

it('too many calls a second are no failure of what was asked', async () => {
  at.dingTalk.weather = 'busy';
  const told = await at.tells('nok', 'promotion.submitted');
  await at.later(20 * MINUTE, 30 * SECOND);
  expect(await row(record(told))).toMatchObject({ state: 'PENDING', error: 'dingtalk.busy', tries: 0 });
  at.dingTalk.weather = 'well';
  await at.later(5 * MINUTE);
  expect(arrived()).toEqual([record(told)]);
});

it('a card that alone fails holds up nobody, and costs little', async () => {
  at.dingTalk.refuse('createAndDeliver', new AppError('dingtalk.failed', { status: 500 }), (asked) =>
    asked.includes('"poor"'),
  );
  const poor = await at.tells('poor', 'promotion.submitted');
  const before = at.dingTalk.asked;
  for (let hour = 0; hour < 12; hour += 1) {
    for (const userId of people(5)) {
      await at.tells(userId, 'promotion.submitted');
      await at.later(12 * MINUTE);
    }
  }
  expect(arrived()).toHaveLength(60);
  expect(at.dingTalk.asked - before - 60).toBeLessThanOrEqual(12 + 12);
  at.dingTalk.allow('createAndDeliver');
  await at.later(HOUR);
  expect(arrived()).toContain(record(poor));
});

it.each([
  ['a day’s results by those of a later day', 'review.day', {}],
  ['a digest by the next of that group', 'digest', { inGroup: true }],
] as const)('%s that wait are overtaken, and not sent late', async (_, view, more) => {
  at.dingTalk.weather = 'away';
  const first = await at.tells('room', view, more);
  const elsewhere = await at.tells('another', view, more);
  await at.later(24 * HOUR, HOUR);
  const second = await at.tells('room', view, more);
  at.dingTalk.weather = 'well';
  await at.later(6 * MINUTE, MINUTE);
  expect(arrived().sort()).toEqual([record(elsewhere), record(second)].sort());
  expect(await row(record(first))).toMatchObject({ state: 'DROPPED', error: 'overtaken' });
});

it('two days that are told one after the other are both told', async () => {
  const told = [await at.tells('nok', 'review.day'), await at.tells('nok', 'review.day')];
  expect(arrived()).toEqual(told.map(record));
});

it('a sentence about what somebody wrote is not sent an hour later; what is news is', async () => {
  at.dingTalk.weather = 'away';
  const line = { kind: 'line', line: { key: 'line.finishForm' } } as const;
  const answer = await at.tells('nok', 'line', line, at.clock.now());
  const news = await at.tells('nok', 'line', line);
  await at.later(HOUR + MINUTE, MINUTE);
  at.dingTalk.weather = 'well';
  await at.later(5 * MINUTE);
  expect(arrived()).toEqual([record(news)]);
  expect(await row(record(answer))).toMatchObject({ state: 'DROPPED', error: 'late' });
  expect(at.logged()).toContain('send.late');
});

it('a look-up waits for as long as it takes, and a later one of that person is the only one', async () => {
  const lookUp = (intent: string) =>
    inTransaction((tx) => {
      const job = { kind: 'lookup', id: 'nok' } as const;
      const send = { intent, job, priority: 'answer', to: 'nok', series: 'lookup/nok' } as const;
      return addToOutbox({ ...send, dueAt: at.clock.now() }, tx);
    });
  at.dingTalk.weather = 'away';
  await lookUp('one');
  await at.later(3 * HOUR, 10 * MINUTE);
  await lookUp('two');
  at.dingTalk.weather = 'well';
  await at.later(5 * MINUTE);
  expect([await row('one'), await row('two')]).toMatchObject([{ state: 'DROPPED' }, { state: 'SENT' }]);
  expect(at.dingTalk.calls.filter((call) => call === 'contactOf')).toHaveLength(1);
});
