import { expect, it } from 'vitest';
import { addPushed, addUsage, usageOf } from '../../models/monthly-usage.ts';
import { findPerson } from '../../models/people.ts';
import { monthOf } from '../../src/domain/limits.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DAY_MS, decide, submitShop } from '../support/shop-under-review.ts';
import { carriedBy } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekBeforePayment, taskLands } from './landed-task.ts';

const world = useWorld();

/** Two doors of Nok have failed, the second one is due first; Anong is the admin of their ISO. */
async function failed() {
  await world().hires('nok', { isoId: 'iso' });
  const anong = await world().hires('anong', { isoId: 'iso', role: 'ADMIN' });
  await submitShop('nok', 'coffee', { spots: 2 });
  await decide('coffee-1', 'REJECTED');
  await decide('coffee-2', 'REJECTED', { deadlineAt: world().clock.now() + DAY_MS });
  await anong.says('menu');
  for (const action of ['team.open', 'team.failed']) await anong.taps({ action });
  return anong;
}

it('what failed stands with whose it is, the most urgent first', async () => {
  const anong = await failed();
  await anong.sees('Shop coffee', 'Nok');
  const opens = (await anong.card()).buttons.filter(({ params }) => params.action === 'team.failedItem');
  expect(opens.map((button) => carriedBy(button).item)).toEqual(['coffee-2', 'coffee-1']);
});

it('one of them is read, and can be given to somebody, and nothing else done about it from there', async () => {
  const anong = await failed();
  await anong.taps({ action: 'team.failedItem', item: 'coffee-2' });
  await anong.sees('Nok');
  const actions = (await anong.card()).buttons.map(({ params }) => params.action);
  expect(actions).toEqual(['handOver.open', 'team.story', 'team.failed']);
});

it('what is approved meanwhile is no longer among them', async () => {
  const anong = await failed();
  await decide('coffee-2', 'APPROVED');
  await anong.taps({ action: 'team.open' });
  await anong.taps({ action: 'team.failed' });
  const opens = (await anong.card()).buttons.filter(({ params }) => params.action === 'team.failedItem');
  expect(opens.map((button) => carriedBy(button).item)).toEqual(['coffee-1']);
});

it('the tasks that are open stand with whose they are, what is due first at the top', async () => {
  await lekBeforePayment(world(), { sourceKey: 'begun' });
  const dueAt = world().clock.now() - DAY_MS;
  await taskLands(world(), { sourceKey: 'free', namedAssignee: undefined, storeName: 'Free Mart', dueAt });
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.tasks']) await admin.taps({ action });
  await admin.sees('Som Tam House', 'Lek', 'Free Mart');
  const { text } = await admin.card();
  expect(text.indexOf('Free Mart')).toBeLessThan(text.indexOf('Som Tam House'));
});

it('*Team* counts the tasks that are to be done today or were before, and none of tomorrow', async () => {
  await lekBeforePayment(world(), { sourceKey: 'begun', dueAt: world().clock.now() + 2 * DAY_MS });
  const admin = world().person('admin1');
  await admin.says('menu');
  await admin.taps({ action: 'team.open' });
  await admin.sees(wordsOf('team.nothingToDo'));
  await taskLands(world(), { sourceKey: 'late', storeName: 'Late Mart', dueAt: world().clock.now() - DAY_MS });
  await taskLands(world(), { sourceKey: 'today', storeName: 'Nine Mart', dueAt: world().clock.now() + 1 });
  await admin.says('menu');
  await admin.taps({ action: 'team.open' });
  await admin.sees(wordsOf('team.tasksDue', { count: 2 }));
  await admin.doesNotSee('team.nothingToDo');
});

it('the month’s limits say what the own ISO used of its share, and nothing of others', async () => {
  const [admin, rival] = [world().person('admin1'), world().person('ploy')];
  const [own, theirs] = [(await findPerson('admin1'))?.isoId ?? '', (await findPerson('ploy'))?.isoId ?? ''];
  const now = world().clock.now();
  await addUsage(now, { pushes: 4_321, calls: 12 });
  await addPushed(now, theirs, 1_234);
  await addPushed(now, own, 567);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.limits']) await admin.taps({ action });
  await admin.sees('567', wordsOf('limits.othersCount'));
  expect(await admin.chat()).not.toMatch(/4,321|1,234/);
  await rival.says('menu');
  await world().sweep();
  const { pushed } = await usageOf(monthOf(now));
  expect([pushed.get(own), pushed.get(theirs)]).toEqual([571, 1_235]);
});
