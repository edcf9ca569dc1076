import { beforeEach, expect, it } from 'vitest';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { lapseItems } from '../../handlers/review/lapse-items.ts';
import { type AskChange, addAsk, changeAsk, findAsk } from '../../models/account-asks.ts';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import { forgetEverything } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { changeItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { expireAssociations } from '../../src/daily/expire-associations.ts';
import { expireInspections } from '../../src/daily/expire-inspections.ts';
import { landTask } from '../../src/daily/inspection-tasks.ts';
import { besides, hourly, type Job, onlyFrom } from '../../src/daily/jobs.ts';
import { remindOfAsks } from '../../src/daily/remind-of-asks.ts';
import { remindOfRequests } from '../../src/daily/remind-of-requests.ts';
import { tellOfUnanswered } from '../../src/daily/tell-of-unanswered.ts';
import { useModels } from '../models/store.ts';
import { onItem, tap } from '../review/thumb.ts';
import { DAY_MS, decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { taskRow } from '../support/task-row.ts';

useModels(process.env.REALDB_URI);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const clock = new StillClock(NOW);
const nobody = (): void => undefined;
const JOBS: Readonly<Record<string, Job>> = Object.fromEntries(
  [
    lapseItems(clock, nobody),
    remindStaff({ clock, draftsDays: 180, sends: nobody }),
    expireAssociations(clock, nobody),
    expireInspections(nobody),
    remindOfRequests(clock, nobody),
    remindOfAsks(clock, nobody),
    tellOfUnanswered(clock, nobody),
  ].map((job) => [job.name, job]),
);

/** Which jobs are due after `at`, by minutes from `NOW`. */
async function due(at = NOW): Promise<Readonly<Record<string, number>>> {
  const said: Record<string, number> = {};
  for (const [name, job] of Object.entries(JOBS)) {
    const next = await job.nextDue(at);
    if (next !== undefined) said[name] = (next - NOW) / MINUTE_MS;
  }
  return said;
}

/** Somebody who asks an ISO, or is invited by it. */
async function asks(requestId: string, at: number, more: { quiet?: true; approvedBy?: string } = {}): Promise<void> {
  const asked = { requestId, isoId: 'iso', name: 'Nok', phone: `+6681${at}`, channel: 'QR', at, ...more } as const;
  await inTransaction((tx) => addAssociations([asked], tx));
}

async function becomes(requestId: string, to: Parameters<typeof moveAssociation>[1]): Promise<void> {
  await inTransaction(async (tx) => {
    const found = await findAssociation(requestId, tx);
    if (found === undefined) throw new Error(`nobody asked as ${requestId}`);
    await moveAssociation(found, to, tx);
  });
}

beforeEach(async () => {
  await forgetEverything();
  const iso = { name: 'ISO', email: 'iso@iso.example', country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'join', ...iso }, tx));
});

it('nothing is due where there is nothing to do', async () => {
  await hire('nok');
  await submitShop('nok', 'shop', { spots: 1 });
  expect(await due()).toEqual({});
});

it('whoever asks is told of again after a day, and the request ends after thirty', async () => {
  await asks('one', NOW - HOUR_MS);
  expect(await due()).toEqual({
    'remind-of-requests': 23 * 60 + 30,
    'expire-associations': (30 * 24 - 1) * 60 + 20,
  });
  // nobody decided, and the time has passed
  expect(await due(NOW + 40 * DAY_MS)).toEqual({
    'remind-of-requests': 40 * 24 * 60 + 30,
    'expire-associations': 40 * 24 * 60 + 20,
  });
  await asks('quiet', NOW - 1, { quiet: true });
  expect(await due()).toMatchObject({ 'remind-of-requests': 30 });
});

it('an invitation is told of after two days, and ends after fourteen, refused or not', async () => {
  await asks('one', NOW, { approvedBy: 'ploy' });
  expect(await due()).toEqual({});
  await becomes('one', { state: 'INVITED', invitedAt: NOW });
  const said = { 'tell-of-unanswered': 2 * 24 * 60 + 35, 'expire-associations': 14 * 24 * 60 + 20 };
  expect(await due()).toEqual(said);
  await becomes('one', { state: 'REFUSED', refusedAt: NOW + HOUR_MS });
  expect(await due()).toEqual(said);
  await becomes('one', { state: 'WITHDRAWN' });
  expect(await due()).toEqual({});
});

it('who asks for a test account is told of again after an hour and on the next day, by day, and no more', async () => {
  const ask = { askId: 'ask', isoId: 'iso', userId: 'nok', askedAt: NOW } as const;
  await inTransaction((tx) => addAsk(ask, tx));
  const becomes = async (change: AskChange): Promise<void> =>
    await inTransaction(async (tx) => {
      const open = await findAsk('ask', tx);
      if (open !== undefined) await changeAsk(open, change, tx);
    });
  expect(await due()).toEqual({ 'remind-of-asks': 65 });
  // nobody did, and the time has passed
  expect(await due(NOW + 65 * MINUTE_MS)).toEqual({ 'remind-of-asks': 95 });
  await becomes({ reminded: 1 });
  expect(await due()).toEqual({ 'remind-of-asks': 24 * 60 + 5 });
  await becomes({ reminded: 2 });
  expect(await due()).toEqual({});
  await becomes({ reminded: 0, state: 'ANSWERED', endedAt: NOW });
  expect(await due()).toEqual({});
});

it('a task is told of on the morning of its last day, and ends a week after it was due', async () => {
  await hire('lek');
  const from = { asOf: '20261124_001', now: NOW, cause: 'inspection-tasks.csv' };
  await inTransaction((tx) => landTask(taskRow({ isoId: 'iso', dueAt: NOW + DAY_MS }), from, tx));
  // at nine in Bangkok
  expect(await due()).toEqual({ 'remind-staff': 23 * 60, 'expire-inspections': 8 * 24 * 60 + 20 });
});

it('a failure lapses after its deadline; what was begun about one may be moot at any time', async () => {
  await hire('nok');
  await submitShop('nok', 'shop', { spots: 1 });
  await decide('shop', 'REJECTED');
  const { deadlineAt = 0 } = await itemOf('shop');
  const lapses = Math.ceil((deadlineAt - NOW - 5 * MINUTE_MS) / HOUR_MS) * 60 + 5;
  expect(await due()).toEqual({ 'lapse-items': lapses });
  await tap('review.appeal', await onItem('shop'));
  expect(await due()).toEqual({ 'lapse-items': 5 });
});

it('a failure is told of when its notice is due, and not once it is put right', async () => {
  await hire('nok');
  await submitShop('nok', 'shop', { spots: 1 });
  await decide('shop', 'REJECTED', { deadlineAt: null, noticeAt: NOW + 25 * HOUR_MS - 1 });
  expect(await due()).toEqual({ 'remind-staff': 25 * 60 });
  await decide('shop', 'APPROVED');
  expect(await due()).toEqual({});
});

it('a failure without a deadline never lapses', async () => {
  await hire('nok');
  await submitShop('nok', 'shop', { spots: 1 });
  await decide('shop', 'REJECTED');
  const item = await itemOf('shop');
  await inTransaction((tx) => changeItem(item, { deadlineAt: null }, tx));
  expect(await due()).toEqual({});
});

it('from when on it is due, its own minute says; besides it is due with whatever else is', async () => {
  const from = (first: number | undefined) => onlyFrom(hourly(10), async () => first).nextDue(NOW);
  expect(await from(undefined)).toBeUndefined();
  expect(await from(0)).toBe(NOW + 10 * MINUTE_MS);
  expect(await from(NOW + 10 * MINUTE_MS)).toBe(NOW + 10 * MINUTE_MS);
  expect(await from(NOW + 10 * MINUTE_MS + 1)).toBe(NOW + 70 * MINUTE_MS);
  const job = besides(hourly(10));
  expect([await job.nextDue(NOW), job.lastDue(NOW)]).toEqual([undefined, NOW - 50 * MINUTE_MS]);
});
