import { expect, it } from 'vitest';
import { personalUsage } from '../../models/personal-usage.ts';
import { MOST_OF_A_PERSON } from '../../src/domain/personal-budget.ts';
import { promote } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

/** A busy hour, and day, of somebody who promotes and sends one photo a message; docs/costs.md has the numbers. */
const BUSY = { anHour: 3, aDay: 10 } as const;
/** How many times as much a person's budget is, at least. */
const TIMES = 4;

it('a person who promotes all day comes nowhere near their budget', async () => {
  const nok = await world().hires('nok');
  await promote(nok, { spots: 3 });
  await nok.taps({ action: 'menu.open' });
  await nok.taps({ action: 'review.mine' });
  await world().sweep();
  const [caused] = await personalUsage('2026-11');
  const sum = (hours: Readonly<Record<string, number>> = {}) => Object.values(hours).reduce((all, one) => all + one, 0);
  const [calls, opened] = [sum(caused?.calls), sum(caused?.opened)];
  expect({ calls, opened, pushes: caused?.pushes }).toEqual({ calls: 24, opened: 1, pushes: 18 });
  for (const [time, promotions] of [
    ['anHour', BUSY.anHour],
    ['aDay', BUSY.aDay],
  ] as const) {
    expect(MOST_OF_A_PERSON.calls[time]).toBeGreaterThanOrEqual(TIMES * promotions * calls);
    expect(MOST_OF_A_PERSON.opened[time]).toBeGreaterThanOrEqual(TIMES * promotions * opened);
  }
});
