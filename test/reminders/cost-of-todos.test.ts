import { dayAfter, weekdayOf } from '@field/kit/calendar';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeTodos } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { DAY_MS, decide, hire, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { todosAtWork } from '../support/todos-at-work.ts';

const HOUR_MS = 3_600_000;
/** Sunday 1 November 2026, eight in the morning in Bangkok: when results come. */
const MONTH = Date.UTC(2026, 10, 1, 1);
const DAYS = 30;

/** What to-dos cost one person: docs/costs.md has the figures. */
describe('to-dos', () => {
  useModels(process.env.REALDB_URI);
  let clock = new StillClock(MONTH);
  let at = todosAtWork(clock);

  beforeEach(async () => {
    await onlyAnIso();
    clock = new StillClock(MONTH);
    at = todosAtWork(clock);
    at.platform.members.set('nok', { name: 'Nok', mobile: undefined, unionId: 'union-nok' });
    await inTransaction((tx) => changeTodos('iso', true, tx));
    await hire('nok');
  });

  /** Something that can be put right for three days, until 18:00. */
  async function fails(...refs: readonly string[]): Promise<void> {
    for (const ref of refs) {
      await submitShop('nok', ref, { spots: 0 });
      await decide(ref, 'REJECTED', { deadlineAt: clock.now() + 3 * DAY_MS + 10 * HOUR_MS });
    }
  }

  const putRight = (ref: string): Promise<void> => decide(ref, 'APPROVED', { deadlineAt: null });

  async function goOnUntil(end: number): Promise<void> {
    for (;;) {
      const next = await at.job.nextDue(clock.now());
      if (next === undefined || next >= end) break;
      clock.moveTo(next);
      await at.run();
    }
    clock.moveTo(end);
  }

  it.each([
    ['is put right on the day after', true],
    ['lapses', false],
  ])('are two calls for a failure that %s', async (_, isPutRight) => {
    await fails('shop');
    await goOnUntil(MONTH + DAY_MS);
    if (isPutRight) await putRight('shop');
    await goOnUntil(MONTH + DAYS * DAY_MS);
    expect(at.calls()).toBe(2);
  });

  it('is closed where it is put right while DingTalk is still making it', async () => {
    let slow = true;
    at = todosAtWork(clock, () => (slow ? 'slow' : 'well'));
    at.platform.members.set('nok', { name: 'Nok', mobile: undefined, unionId: 'union-nok' });
    await fails('shop');
    clock.moveTo((await at.job.nextDue(clock.now())) ?? 0);
    await at.job.run(clock.now());
    const making = at.takesOne();
    await expect.poll(() => at.platform.goesOn).toBeDefined();
    slow = false;
    await putRight('shop');
    clock.moveTo((await at.job.nextDue(clock.now())) ?? 0);
    await at.run();
    at.platform.goesOn?.();
    await making;
    clock.moveTo(clock.now() + HOUR_MS);
    await at.run();
    expect([...at.platform.todos.values()].map(({ done }) => done)).toEqual([true]);
  });

  it('are four for three that are put right on three days', async () => {
    await fails('one', 'two', 'three');
    for (const [day, ref] of ['one', 'two', 'three'].entries()) {
      await goOnUntil(MONTH + (day + 1) * DAY_MS);
      await putRight(ref);
    }
    await goOnUntil(MONTH + DAYS * DAY_MS);
    expect(at.calls()).toBe(4);
  });

  it('are so many of a month with a failure each working day, each put right on the day after', async () => {
    const works = (day: number): boolean => day < DAYS && weekdayOf(dayAfter('20261101', day)) <= 5;
    for (let day = 0; day <= DAYS; day += 1) {
      await goOnUntil(MONTH + day * DAY_MS);
      if (works(day - 1)) await putRight(`shop${day - 1}`);
      if (works(day)) await fails(`shop${day}`);
    }
    await goOnUntil(MONTH + (DAYS + 4) * DAY_MS);
    expect(at.calls()).toBe(26);
  });
});
