import { describe, expect, it } from 'vitest';
import { usageOf } from '../../models/monthly-usage.ts';
import { personalUsageOf } from '../../models/personal-usage.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { createCallBudget } from '../../src/delivery/call-budget.ts';
import { createPeopleCount } from '../../src/delivery/people-count.ts';
import { ORGANISATION } from '../../src/domain/budget.ts';
import { monthOf } from '../../src/domain/limits.ts';
import { MOST_OF_A_PERSON } from '../../src/domain/personal-budget.ts';
import { useModels } from '../models/store.ts';
import { StillClock } from '../support/still-clock.ts';

const clock = new StillClock();
const month = monthOf(clock.now());
const { anHour } = MOST_OF_A_PERSON.calls;

/** What one of several processes knows. */
function aProcess() {
  const people = createPeopleCount(clock);
  const budget = createCallBudget(clock, 100_000, people);
  const calls = (userId: string, times: number): void => {
    for (let time = 0; time < times; time += 1) people.called(userId);
  };
  return { people, budget, calls };
}

describe.each(servers())('two processes on the $name server', ({ uri }) => {
  useModels(uri);

  it('have one budget for a person: what both counted at once is spent for both with their next write', async () => {
    const both = [aProcess(), aProcess()] as const;
    for (const { calls } of both) calls('nok', anHour / 2);
    expect(both.map(({ budget }) => budget.stops({ userId: 'nok' }))).toEqual([undefined, undefined]);
    await Promise.all(both.map(({ people }) => people.write()));
    for (const { calls } of both) calls('nok', 1);
    await Promise.all(both.map(({ people }) => people.write()));
    expect(both.map(({ budget }) => budget.stops({ userId: 'nok' }))).toEqual(['person', 'person']);
    const bill = { payer: ORGANISATION, class: 'own', causedBy: 'nok' } as const;
    expect(both.map(({ budget }) => budget.allows(bill))).toEqual([false, false]);
    expect(both.map(({ budget }) => budget.allows({ ...bill, causedBy: 'lek' }))).toEqual([true, true]);
    const spent = Object.values((await personalUsageOf(month, 'nok'))?.calls ?? {});
    expect(spent).toEqual([anHour + 2]);
  });

  it('count every push once, for the person and for who would pay for it, however their writes fall', async () => {
    const both = [aProcess(), aProcess()] as const;
    const before = (await usageOf(month)).pushed.get(ORGANISATION) ?? 0;
    for (let round = 0; round < 5; round += 1) {
      for (const { people } of both) people.pushed('som');
      await Promise.all(both.map(({ people }) => people.write()));
    }
    for (const { people } of both) await people.write();
    expect((await personalUsageOf(month, 'som'))?.pushes).toBe(10);
    expect((await usageOf(month)).pushed.get(ORGANISATION)).toBe(before + 10);
  });

  it('open a person’s cards below through one gate', async () => {
    const both = [aProcess(), aProcess()] as const;
    for (const { budget } of both) budget.opened('dao', MOST_OF_A_PERSON.opened.anHour / 2);
    await Promise.all(both.map(({ people }) => people.write()));
    for (const { budget } of both) budget.opened('dao', 1);
    await Promise.all(both.map(({ people }) => people.write()));
    expect(both.map(({ budget }) => budget.stopsTap({ userId: 'dao' }))).toEqual(['taps', 'taps']);
  });
});
