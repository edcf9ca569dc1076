import { dayAfter, weekdayOf } from '@field/kit/calendar';
import { beforeEach, describe, expect, it } from 'vitest';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { addDraft } from '../../models/drafts.ts';
import { addIso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { landTask } from '../../src/daily/inspection-tasks.ts';
import { firstNotice } from '../../src/domain/notice-times.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { DAY_MS, decide, hire, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { taskRow } from '../support/task-row.ts';

const HOUR_MS = 3_600_000;
/** Sunday 1 November 2026, eight in the morning in Bangkok: when results come. */
const MONTH = Date.UTC(2026, 10, 1, 1);
const DAYS = 30;

/** What reminders cost one person in a month: docs/costs.md has the figures. Each is one call: its delivery. */
describe('a month of reminders', () => {
  useModels(process.env.REALDB_URI);
  let clock = new StillClock(MONTH);

  beforeEach(async () => {
    await forgetEverything();
    clock = new StillClock(MONTH);
    const iso = { name: 'ISO', email: 'iso@iso.example', country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
    await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'join', ...iso }, tx));
    await hire('nok');
  });

  /** A failure lands in the morning, and its results are told; it can be put right for three days, until 18:00. */
  async function fails(itemRef: string): Promise<void> {
    await submitShop('nok', itemRef, { spots: 0 });
    const deadlineAt = clock.now() + 3 * DAY_MS + 10 * HOUR_MS;
    const noticeAt = firstNotice(clock.now(), deadlineAt, await hoursOfIso('iso'));
    const dataDate = new Date(clock.now() - DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    await decide(itemRef, 'REJECTED', { deadlineAt, noticeAt, dataDate });
    await createTellStaff(clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 })({
      userId: 'nok',
      isoId: 'iso',
      dataDate,
    });
  }

  async function goOnUntil(end: number): Promise<void> {
    for (;;) {
      const job = remindStaff({ clock, draftsDays: 180, sends: () => undefined });
      const next = await job.nextDue(clock.now());
      if (next === undefined || next >= end) break;
      clock.moveTo(next);
      await job.run(next);
    }
    clock.moveTo(end);
  }

  const calls = (): Promise<number> => database().collection('cards').countDocuments({ view: 'review.reminder' });

  it('is three for a failure that nobody touches', async () => {
    await fails('shop');
    await goOnUntil(MONTH + DAYS * DAY_MS);
    expect(await calls()).toBe(3);
  });

  it.each([
    ['none is put right', false, 11],
    ['each is put right on the day after', true, 0],
  ] as const)('with a failure each working day, of which %s', async (_, putsRight, expected) => {
    const works = (day: number): boolean => day < DAYS && weekdayOf(dayAfter('20261101', day)) <= 5;
    for (let day = 0; day <= DAYS; day += 1) {
      await goOnUntil(MONTH + day * DAY_MS);
      if (putsRight && works(day - 1)) await decide(`shop${day - 1}`, 'APPROVED', { deadlineAt: null });
      if (works(day)) await fails(`shop${day}`);
    }
    await goOnUntil(MONTH + (DAYS + 4) * DAY_MS);
    expect(await calls()).toBe(expected);
  });

  /** A promotion is begun in the morning, and nothing is done about it. */
  async function begins(draftId: string): Promise<void> {
    const draft = { ...newDraft(MARKETING_CODE_FLOW), storeId: 'store' };
    const begun = { draftId, userId: 'nok', isoId: 'iso', product: 'MARKETING_CODE', draft, storeKey: draftId };
    await inTransaction((tx) => addDraft({ ...begun, updatedAt: clock.now() }, tx));
  }

  /** A task is given to Nok in the morning, to be done by the evening of the next day. */
  async function isGiven(sourceKey: string): Promise<void> {
    const dueAt = clock.now() + DAY_MS + 10 * HOUR_MS;
    const from = { asOf: '20261101_001', now: clock.now(), cause: 'inspection-tasks.csv' };
    await inTransaction((tx) => landTask(taskRow({ isoId: 'iso', sourceKey, dueAt, namedAssignee: 'nok' }), from, tx));
  }

  it('is two for a promotion that is begun and left', async () => {
    await begins('draft');
    await goOnUntil(MONTH + DAYS * DAY_MS);
    expect(await calls()).toBe(2);
  });

  it.each([
    ['a promotion is begun and left', [begins], 26],
    ['an inspection is due', [isGiven], 20],
    ['an inspection is due, and a promotion is begun and left', [begins, isGiven], 26],
  ] as const)('where each working day %s', async (_, happens, expected) => {
    for (let day = 0; day < DAYS; day += 1) {
      await goOnUntil(MONTH + day * DAY_MS);
      if (weekdayOf(dayAfter('20261101', day)) > 5) continue;
      for (const does of happens) await does(`day${day}`);
    }
    await goOnUntil(MONTH + DAYS * DAY_MS);
    expect(await calls()).toBe(expected);
  });
});
