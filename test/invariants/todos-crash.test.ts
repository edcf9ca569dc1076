import { describe, expect, it } from 'vitest';
import { freeSends } from '../../models/held-sends.ts';
import { changeTodos } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { DAY_MS, decide, hire, NOW, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { type Luck, todosAtWork } from '../support/todos-at-work.ts';

const HOUR_MS = 3_600_000;
const SEED = Number(process.env.CRASH_SEED ?? 20_261_124);
const HOURS = howOften({ inEachRun: 60, inFull: 600 });
const PEOPLE = ['nok', 'lek', 'ploy'];
const BAD: readonly Luck[] = ['lost', 'busy', 'diesBefore', 'diesAfter'];

describe('to-dos of people', () => {
  useModels(process.env.REALDB_URI);

  it(`nobody has two, and each says what is so, whatever is lost and whoever dies in ${HOURS} hours (seed ${SEED})`, async () => {
    const random = seeded(SEED);
    const some = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
    let isWell = false;
    const clock = new StillClock(NOW);
    const at = todosAtWork(clock, () => (isWell || random() < 0.4 ? 'well' : (some(BAD) ?? 'well')));
    await onlyAnIso();
    await inTransaction((tx) => changeTodos('iso', true, tx));
    for (const userId of PEOPLE) {
      await hire(userId);
      at.platform.members.set(userId, { name: userId, mobile: undefined, unionId: `union-${userId}` });
    }
    const open = new Map<string, { readonly userId: string; readonly deadlineAt: number }>();
    const openOf = (userId: string) =>
      [...open.values()].filter((one) => one.userId === userId && one.deadlineAt > clock.now());
    const standing = (userId: string) =>
      [...at.platform.todos.values()].filter(({ unionId, done }) => unionId === `union-${userId}` && !done);
    let ever = 0;
    const hourGoesBy = async (): Promise<void> => {
      clock.moveTo(clock.now() + HOUR_MS);
      await at.run();
      for (const userId of PEOPLE) expect(standing(userId).length).toBeLessThan(2);
    };

    for (let hour = 0; hour < HOURS; hour += 1) {
      const userId = some(PEOPLE) ?? '';
      const ref = some([...open.keys()]);
      if (random() < 0.3) {
        ever += 1;
        const deadlineAt = clock.now() + Math.ceil(random() * 4 * DAY_MS);
        await submitShop(userId, `shop${ever}`, { spots: 0 });
        await decide(`shop${ever}`, 'REJECTED', { deadlineAt });
        open.set(`shop${ever}`, { userId, deadlineAt });
      } else if (ref !== undefined && random() < 0.4) {
        await decide(ref, 'APPROVED', { deadlineAt: null });
        open.delete(ref);
      }
      await hourGoesBy();
    }
    isWell = true;
    // two days of work, so that each has had its step
    for (let hour = 0; hour < 96; hour += 1) await hourGoesBy();
    for (const userId of PEOPLE) {
      const left = openOf(userId);
      const first = left.length === 0 ? [] : [Math.min(...left.map(({ deadlineAt }) => deadlineAt))];
      expect(standing(userId).map(({ dueAt }) => dueAt)).toEqual(first);
    }
    const begun = new Set([...at.platform.todos.values()].map(({ name }) => name));
    expect(begun.size).toBe(at.platform.todos.size);
    expect(begun.size).toBeGreaterThan(2);
  });
});

describe('a to-do that was asked for, and may have been made', () => {
  useModels(undefined);

  it('is gone on with, though nobody knows any more where it leads', async () => {
    const clock = new StillClock(NOW);
    const lucks: Luck[] = ['diesAfter'];
    let hasPage = true;
    const at = todosAtWork(
      clock,
      () => lucks.shift() ?? 'well',
      () => hasPage,
    );
    await onlyAnIso();
    await inTransaction((tx) => changeTodos('iso', true, tx));
    await hire('nok');
    at.platform.members.set('nok', { name: 'nok', mobile: undefined, unionId: 'union-nok' });
    await submitShop('nok', 'shop', { spots: 0 });
    await decide('shop', 'REJECTED', { deadlineAt: clock.now() + 4 * DAY_MS });
    await at.job.run(clock.now());
    void at.takesOne();
    await expect.poll(() => at.platform.todos.size).toBe(1);
    // as after a start, before anybody was heard
    hasPage = false;
    await freeSends();
    for (let hour = 0; hour < 3; hour += 1) {
      clock.moveTo(clock.now() + HOUR_MS);
      await at.run();
    }
    const dones = () => [...at.platform.todos.values()].map(({ done }) => done);
    expect(dones()).toEqual([false]);
    await decide('shop', 'APPROVED', { deadlineAt: null });
    clock.moveTo(clock.now() + HOUR_MS);
    await at.run();
    expect(dones()).toEqual([true]);
  });
});
