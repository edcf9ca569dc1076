import { MovableClock } from '@field/kit/clock';
import { expect, it } from 'vitest';
import { digest } from '../../cards/digest.ts';
import { translator } from '../../cards/text.ts';
import type { CardView } from '../../cards/view.ts';
import { loadDigest } from '../../handlers/groups/load-cards.ts';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { loadCard } from '../../handlers/views.ts';
import type { Card } from '../../models/cards.ts';
import { database } from '../../models/database.ts';
import { findDigest } from '../../models/digests.ts';
import { addGroup, changeGroup, findGroup, groupsOf } from '../../models/groups.ts';
import { addTask } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import type { ItemChange, ItemJudgement } from '../../models/item-rows.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { claimSend } from '../../models/outbox.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { writeInstallation } from '../../models/settings.ts';
import { resultsOfDay } from '../../models/tallies.ts';
import { inTransaction } from '../../models/transaction.ts';
import { endOfDaysLeft } from '../../src/domain/days-left.ts';
import { tallyIn } from '../../src/domain/work-counts.ts';
import { useModels } from '../models/store.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { StillClock } from '../support/still-clock.ts';

useModels(undefined);

const HOUR = 3_600_000;
const clock = new MovableClock();
const DAY = { isoId: 'iso', dataDate: '20261123', timeZone: 'Asia/Shanghai' };
const submitted = {
  itemType: 'SPOT' as const,
  isoId: 'iso',
  staffId: 'nok',
  storeId: 'store',
  product: 'MARKETING_CODE',
  shop: 'Baan Coffee',
  spotType: 'ENTRANCE_DOOR',
  number: 1,
  revision: 1,
  programme: 1,
  submittedAt: 1,
} as const;
const judgement: ItemJudgement = {
  revision: 1,
  decision: 'APPROVED',
  reasonCodes: [],
  decidedAt: 1,
  dataDate: DAY.dataDate,
  text: undefined,
  language: undefined,
  sourceRowKey: 'row',
};

const judged = (spotId: string, decision: 'APPROVED' | 'REJECTED'): Promise<void> =>
  judgedOn(spotId, DAY.dataDate, decision);

async function judgedOn(
  spotId: string,
  dataDate: string,
  decision: 'APPROVED' | 'REJECTED',
  isoId = 'iso',
  reason = 'SPOT_NOT_FIXED',
): Promise<void> {
  await inTransaction(async (tx) => {
    await addItems([{ ...submitted, isoId, itemRef: spotId, spotId }], tx);
    const item = await findItem(spotId, tx);
    if (item === undefined) throw new Error('no item');
    const failed = { deadlineAt: clock.now() + 24 * 3_600_000, reasonCodes: [reason] };
    const said = { ...judgement, dataDate };
    const row = decision === 'REJECTED' ? { ...said, decision, reasonCodes: failed.reasonCodes } : said;
    const change = { state: decision, judgement: row };
    await changeItem(item, decision === 'REJECTED' ? { ...change, deadlineAt: failed.deadlineAt } : change, tx);
  });
}

async function taskDue(taskId: string, dueAt: number, isoId = 'iso'): Promise<void> {
  const shop = { storeRef: 'elsewhere', storeName: 'Som Tam House', address: 'Soi 3', countryRegion: 'TH' };
  const asked = { acceptsOnlyAlipay: false, spotRefs: [], priority: 1, promoters: [], asOf: '20261124_001' };
  const task = { taskId, sourceKey: taskId, isoId, assigneeId: 'nok', namedAssignee: 'nok', dueAt };
  await inTransaction((tx) => addTask({ ...task, ...shop, ...asked }, tx));
}

/** The card of a digest as a group sees it. */
async function cardIn(openConversationId: string, id: string): Promise<CardView> {
  const group = await findGroup(openConversationId);
  if (group === undefined) throw new Error('no group');
  const subject = { kind: 'digest', id } as const;
  const loaded = await loadDigest({ view: 'digest', subject } as Card, group);
  if (loaded.name !== 'digest') throw new Error(loaded.name);
  return digest(loaded.model, translator('en', SHIPPED_WORDS));
}

/** What it says there. */
async function linesIn(openConversationId: string, id: string): Promise<readonly string[]> {
  const { body = [], facts = [] } = await cardIn(openConversationId, id);
  return [...body, ...facts.map(({ label, value }) => `${label}: ${value}`)];
}

async function bound(openConversationId: string, isoId: string): Promise<void> {
  const group = {
    openConversationId,
    isoId,
    title: 'Team',
    language: 'en',
    state: 'BOUND',
    by: 'ploy',
    at: 1,
  } as const;
  await inTransaction((tx) => addGroup(group, tx));
}

async function becomes(itemRef: string, change: ItemChange): Promise<void> {
  await inTransaction(async (tx) => {
    const item = await findItem(itemRef, tx);
    if (item === undefined) throw new Error('no item');
    await changeItem(item, change, tx);
  });
}

async function sends(): Promise<string[]> {
  const intents: string[] = [];
  for (;;) {
    const row = await claimSend(`worker${intents.length}`, clock.now(), clock.machine());
    if (row === undefined) return intents;
    intents.push(row.intent);
  }
}

it('each group of the ISO gets one card a day, told ten times at once; other groups get none', async () => {
  await bound('one', 'iso');
  await bound('two', 'iso');
  await bound('rival', 'other');
  await judged('a', 'APPROVED');
  await judged('b', 'REJECTED');
  await Promise.all(Array.from({ length: 10 }, () => tellDigest(clock, DAY)));
  expect((await sends()).length).toBe(2);
  expect(await findDigest('iso:20261123')).toMatchObject({
    urgent: 1,
    numbers: { spots: { promoted: 2, approved: 1, failed: 1 }, reasons: [{ code: 'SPOT_NOT_FIXED', count: 1 }] },
  });
});

it('a further file of the day changes what the card says, and sends none', async () => {
  await judged('c', 'APPROVED');
  await tellDigest(clock, DAY);
  expect(await sends()).toEqual([]);
  expect(await findDigest('iso:20261123')).toMatchObject({ numbers: { spots: { promoted: 3 } } });
});

it('a day that brought nothing brings no card, and a group that was given up gets none', async () => {
  await tellDigest(clock, { ...DAY, dataDate: '20261124' });
  expect(await findDigest('iso:20261124')).toBeUndefined();
  const group = await findGroup('two');
  if (group === undefined) throw new Error('no group');
  await inTransaction((tx) => changeGroup(group, { state: 'ASKED' }, tx));
  expect((await groupsOf('iso')).map(({ openConversationId }) => openConversationId)).toEqual(['one']);
});

it('it says what has been open for days, which inspections are due by tomorrow, and how the day was a week before', async () => {
  const later = '20261201';
  await judgedOn('old', '20261128', 'REJECTED');
  await judgedOn('fresh', '20261129', 'REJECTED');
  await judgedOn('approved', '20261120', 'APPROVED');
  await judgedOn('lapsed', '20261120', 'REJECTED');
  await judgedOn('sent-again', '20261120', 'REJECTED');
  await judgedOn('of-others', '20261120', 'REJECTED', 'other');
  const now = clock.now();
  await becomes('lapsed', { deadlineAt: now - 1 });
  await becomes('sent-again', { state: 'MODIFYING' });
  await becomes('sent-again', { state: 'PENDING' });
  await judgedOn('of-the-day', later, 'APPROVED');
  await taskDue('due', now + HOUR);
  await taskDue('overdue', now - HOUR);
  await taskDue('next-week', now + 7 * 24 * HOUR);
  await taskDue('of-others', now, 'other');
  await tellDigest(clock, { ...DAY, dataDate: later });
  // `b` failed on 23 November and is open
  expect(await findDigest(`iso:${later}`)).toMatchObject({ old: 2, inspections: 2 });
  const lines = await linesIn('one', `iso:${later}`);
  expect(lines).toContain('! Failed days ago, still open: 2');
  expect(lines).toContain('! Inspections due by tomorrow: 2');
  expect(lines.join()).not.toContain('A week ago');
  await judgedOn('a-week-on', '20261208', 'APPROVED');
  await tellDigest(clock, { ...DAY, dataDate: '20261208' });
  expect(await linesIn('one', 'iso:20261208')).toContain('A week ago: 1 approved.');
});

it('it shows which reasons grew since a week before, where there are several', async () => {
  const [before, day] = ['20261211', '20261218'];
  const fails = (spot: string, dataDate: string, reason?: string) =>
    judgedOn(spot, dataDate, 'REJECTED', 'iso', reason);
  await fails('w1', before, 'SPOT_PHOTO_BLURRY');
  await tellDigest(clock, { ...DAY, dataDate: before });
  expect((await cardIn('one', `iso:${before}`)).chart).toBeUndefined();
  await fails('d1', day, 'SPOT_PHOTO_BLURRY');
  await fails('d2', day, 'SPOT_PHOTO_BLURRY');
  await fails('d3', day);
  await tellDigest(clock, { ...DAY, dataDate: day });
  const { chart } = await cardIn('one', `iso:${day}`);
  expect(chart?.points.map(({ series, x, y }) => `${series}, ${x}: ${y}`)).toEqual([
    'A week ago, photo too dark or not sharp: 1',
    'A week ago, not stuck on firmly: 0',
    'This time, photo too dark or not sharp: 2',
    'This time, not stuck on firmly: 1',
  ]);
});

it('every number is what the cards of those in charge say at that moment', async () => {
  const [isoId, dataDate] = ['equal', '20261225'];
  const place = { country: 'CN', timeZone: DAY.timeZone, language: 'en' };
  await inTransaction(async (tx) => {
    await addIso({ isoId, email: 'equal@iso.example', name: 'Equal', joinToken: 'equal', ...place }, tx);
    await meetPerson('equal-boss', 'Boss', tx);
    await changePerson('equal-boss', { state: 'ACTIVE', role: 'ADMIN', isoId, language: 'en' }, tx);
  });
  await writeInstallation({ limits: { calls: 1, pushes: 1 }, invitationsADay: 1, programmeTimeZone: DAY.timeZone });
  await bound('equal-group', isoId);
  for (const spot of ['e1', 'e2', 'e3']) await judgedOn(spot, dataDate, 'APPROVED', isoId);
  for (const spot of ['e4', 'e5']) await judgedOn(spot, dataDate, 'REJECTED', isoId);
  await judgedOn('e6', dataDate, 'REJECTED', isoId, 'SPOT_PHOTO_BLURRY');
  const now = clock.now();
  await becomes('e5', { deadlineAt: now + 20 * 24 * HOUR });
  for (const [name, dueAt] of Object.entries({ d1: now - HOUR, d2: now + HOUR, d3: now + 9 * 24 * HOUR }))
    await taskDue(`equal-${name}`, dueAt, isoId);
  await taskDue('equal-d4', now - HOUR, isoId);
  const came = { $set: { state: 'REJECTED', correctBy: now + 9 * 24 * HOUR } };
  await database().collection<{ _id: string }>('inspectiontasks').updateOne({ _id: 'equal-d4' }, came);
  await tellDigest(clock, { ...DAY, isoId, dataDate });
  const told = await findDigest(`${isoId}:${dataDate}`);
  const shown = async (view: 'team' | 'team.failed' | 'team.tasks', subject: Card['subject']) => {
    const viewer = await findPerson('equal-boss');
    if (viewer === undefined) throw new Error('no admin');
    return (await loadCard({ view, subject, viewer: 'equal-boss' } as Card, viewer, now)).model;
  };
  const page = { kind: 'page', id: '1' } as const;
  expect(await shown('team', { kind: 'person', id: 'equal-boss' })).toMatchObject({ urgent: told?.urgent });
  expect(told?.urgent).toBe(2);
  const failed = told?.numbers.reasons.reduce((sum, { count }) => sum + count, 0);
  expect(await shown('team.failed', page)).toMatchObject({ count: failed });
  expect([failed, told?.numbers.spots.failed]).toEqual([3, 3]);
  const results = await resultsOfDay(isoId, dataDate);
  const spots = tallyIn(results, 'SPOT');
  expect(told?.numbers.spots).toMatchObject({ approved: spots.approved, failed: spots.failed });
  const tasks = Object(await shown('team.tasks', page)).rows as readonly { dueAt: number }[];
  const byTomorrow = endOfDaysLeft(now, 1, DAY.timeZone);
  expect(told?.inspections).toBe(tasks.filter(({ dueAt }) => dueAt < byTomorrow).length);
  expect(told?.inspections).toBe(3);
});

it('each group has it at its own hour, and in its own language', async () => {
  const [isoId, dataDate] = ['hours', '20261226'];
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  await inTransaction((tx) =>
    addIso({ isoId, email: 'hours@iso.example', name: 'Hours', joinToken: 'hours', ...place }, tx),
  );
  for (const name of ['at-once', 'evening']) await bound(name, isoId);
  const evening = await findGroup('evening');
  if (evening === undefined) throw new Error('no group');
  await inTransaction((tx) => changeGroup(evening, { hour: 18, language: 'th' }, tx));
  await judgedOn('h1', dataDate, 'APPROVED', isoId);
  const morning = new StillClock(Date.UTC(2026, 11, 28, 2));
  await tellDigest(morning, { ...DAY, isoId, dataDate });
  const rows = database()
    .collection('outbox')
    .find({ to: { $in: ['at-once', 'evening'] } });
  expect(Object.fromEntries((await rows.toArray()).map(({ to, dueAt }) => [to, dueAt]))).toEqual({
    'at-once': morning.now(),
    evening: Date.UTC(2026, 11, 28, 11),
  });
});
