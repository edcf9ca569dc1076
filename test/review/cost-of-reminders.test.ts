import { dayAfter, weekdayOf } from '@field/kit/calendar';
import { beforeEach, describe, expect, it } from 'vitest';
import { remindOfFailures } from '../../handlers/review/remind-of-failures.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { firstNotice } from '../../src/domain/notice-times.ts';
import { useModels } from '../models/store.ts';
import { DAY_MS, decide, hire, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';

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
    await createTellStaff(clock, 'Asia/Shanghai')({ userId: 'nok', isoId: 'iso', dataDate });
  }

  async function goOnUntil(end: number): Promise<void> {
    for (;;) {
      const job = remindOfFailures(clock, () => undefined);
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
});
