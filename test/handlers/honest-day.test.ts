import { expect, it } from 'vitest';
import { findIsoByEmail } from '../../models/isos.ts';
import { itemsOfStores } from '../../models/items.ts';
import { personalUsageOf } from '../../models/personal-usage.ts';
import { storesInCity } from '../../models/stores.ts';
import { MOST_OF_A_PERSON } from '../../src/domain/personal-budget.ts';
import { inspect, openTasks } from '../support/conversations/inspection.ts';
import { promote, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { taskLands } from './landed-task.ts';

const world = useWorld();

/** A busy hour, and day, of somebody who promotes, or inspects, and sends one photo a message; docs/costs.md has the numbers. */
const BUSY = { anHour: 3, aDay: 10 } as const;
/** How many times as much a person's budget is, at least. */
const TIMES = 4;

/** What somebody caused so far. */
async function causedBy(userId: string) {
  await world().sweep();
  const caused = await personalUsageOf('2026-11', userId);
  const sum = (hours: Readonly<Record<string, number>> = {}) => Object.values(hours).reduce((all, one) => all + one, 0);
  return { calls: sum(caused?.calls), opened: sum(caused?.opened), pushes: caused?.pushes };
}

/** So many of the calls change something; those that make sure of an answer, as many as there are, are a matter of time. */
function changing(calls: number, wanted: number): number {
  return world().asInTime(calls - world().platform.unchanging, wanted);
}

/** Even a busy hour, or day, is a part of what may follow from one person's steps. */
function expectPlenty({ calls, opened }: Awaited<ReturnType<typeof causedBy>>): void {
  for (const time of ['anHour', 'aDay'] as const) {
    expect(MOST_OF_A_PERSON.calls[time]).toBeGreaterThanOrEqual(TIMES * BUSY[time] * calls);
    expect(MOST_OF_A_PERSON.opened[time]).toBeGreaterThanOrEqual(TIMES * BUSY[time] * opened);
  }
}

it('a person who promotes all day comes nowhere near their budget', async () => {
  const nok = await world().hires('nok');
  await promote(nok, { spots: 3 });
  await nok.taps({ action: 'menu.open' });
  await nok.taps({ action: 'review.mine' });
  const caused = await causedBy('nok');
  expect({ ...caused, calls: changing(caused.calls, 23) }).toEqual({ calls: 23, opened: 1, pushes: 18 });
  expectPlenty(caused);
});

it('nor does one who inspects all day, from the list of tasks to the next one', async () => {
  const nok = await world().hires('nok');
  await promote(nok, { spots: 2, series: 'AA' });
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const [shop] = await storesInCity(isoId, SHOP.city, 1);
  const storeRef = shop?.storeId ?? '';
  const spotRefs = (await itemsOfStores([storeRef])).flatMap(({ itemType, itemRef }) =>
    itemType === 'SPOT' ? [itemRef] : [],
  );
  const lek = await world().hires('lek');
  await taskLands(world(), { storeRef, spotRefs, storeName: SHOP.nameLocal, namedAssignee: 'lek' });
  await openTasks(lek);
  await inspect(lek, { series: 'AA', spots: 2, seed: 71 });
  await openTasks(lek);
  const caused = await causedBy('lek');
  expect({ ...caused, calls: changing(caused.calls, 15) }).toEqual({ calls: 15, opened: 0, pushes: 19 });
  expectPlenty(caused);
});
