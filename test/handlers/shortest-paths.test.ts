import { expect, it } from 'vitest';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { itemsOfAuthor } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { inspect } from '../support/conversations/inspection.ts';
import { join, NOK } from '../support/conversations/joining.ts';
import { codeOf, startFromMenu } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { DATA_DATE, decide } from '../support/shop-under-review.ts';
import type { Person } from '../support/world/person.ts';
import { taskLands } from './landed-task.ts';

const world = useWorld();

/** What comes again each time: a file is fetched from elsewhere, and an example picture is uploaded once for all. */
const NOT_COUNTED = ['fetchFile', 'uploadImage'];

/**
 * What a person does from here on, a form that is sent being a tap, and what it makes the bot ask of DingTalk that changes anything. `most`:
 * with the calls that make sure of an answer of which nobody knows yet that it arrived; how many those are, is a matter of time.
 */
function counted(person: Person, most: number) {
  // each once: one may be begun anew
  const did = { tap: new Set<string>(), message: new Set<string>() };
  const { platform } = world();
  const { calls } = platform;
  const [before, unchangingBefore] = [calls.length, platform.unchanging];
  world().standsAround(async ({ update }, handle) => {
    if (update.kind === 'tap' && update.userId === person.userId) did.tap.add(update.id);
    if (update.kind === 'message' && update.from.userId === person.userId) did.message.add(update.id);
    await handle();
  });
  return (wanted: number) => {
    const all = calls.slice(before).filter((call) => !NOT_COUNTED.includes(call)).length;
    expect(world().asInTime(all, most)).toBeLessThanOrEqual(most);
    const changing = all - (platform.unchanging - unchangingBefore);
    return { taps: did.tap.size, messages: did.message.size, calls: world().asInTime(changing, wanted) };
  };
}

/** Somebody who promoted a shop with so many spots, before their menu; answers the spots in their order. */
async function promoted(nok: Person, spots: number): Promise<readonly Item[]> {
  await nok.says('menu');
  await startFromMenu(nok, { spots, together: true });
  await nok.taps({ action: 'promotion.submit' });
  const items = await itemsOfAuthor('nok', ['PENDING']);
  return items
    .filter(({ itemType }) => itemType === 'SPOT')
    .toSorted((one, other) => Number(one.number) - Number(other.number));
}

/** The card of the day on which this spot was refused. */
async function refused(spot: Item | undefined, reason: string): Promise<void> {
  if (spot === undefined) throw new Error('no spot was promoted');
  await decide(spot.itemRef, 'REJECTED', { reasons: [reason] });
  const { isoId } = spot;
  await createTellStaff(world().clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 })({
    userId: 'nok',
    isoId,
    dataDate: DATA_DATE,
  });
  await world().sweep();
  await world().person('nok').sees('Results up to', '1 failed');
}

it('to join is a hello and a form', async () => {
  const nok = world().person('nok');
  const did = counted(nok, 8);
  await join(nok, world().person('admin1'), NOK);
  await nok.sees('Hi Nok');
  expect(did(5)).toEqual({ taps: 1, messages: 1, calls: 5 });
});

it('three spots are eight taps and four messages', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const did = counted(nok, 18);
  await startFromMenu(nok, { spots: 3, together: true });
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Submitted', 'Baan Coffee');
  expect(did(16)).toEqual({ taps: 8, messages: 4, calls: 16 });
});

it('to modify a spot, from the card of the results, is three taps and one message', async () => {
  const nok = await world().hires('nok');
  const [spot] = await promoted(nok, 1);
  await refused(spot, 'SPOT_PHOTO_BLURRY');
  const did = counted(nok, 10);
  await nok.taps('Fix Cashier 1');
  await nok.taps('Modify');
  await nok.sends(await pictures.closeup(codeOf('AA', 0), { seed: 91 }));
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)');
  const { calls, ...own } = did(6);
  expect(own).toEqual({ taps: 3, messages: 1 });
  // one more where a picture of it was shown to nobody before: it comes after the card
  expect([5, 6]).toContain(calls);
});

it('to appeal, from the card of the results, is four taps, of which one sends what is typed', async () => {
  const nok = await world().hires('nok');
  const [spot] = await promoted(nok, 1);
  await refused(spot, 'SPOT_ALREADY_COVERED');
  const did = counted(nok, 6);
  await nok.taps('Fix Cashier 1');
  await nok.taps('Appeal');
  await nok.fills({ why: 'The old sticker was taken off before.' });
  await nok.taps('Send appeal');
  await nok.sees('✓ Appeal sent');
  expect(did(2)).toEqual({ taps: 4, messages: 0, calls: 2 });
});

it('to inspect a shop with one spot, from the menu, is nine taps and four messages', async () => {
  const nok = await world().hires('nok');
  const [spot] = await promoted(nok, 1);
  const lek = await world().hires('lek');
  await taskLands(world(), { storeRef: `${spot?.storeId}`, spotRefs: [`${spot?.spotId}`] });
  await lek.says('menu');
  const did = counted(lek, 14);
  await lek.taps({ action: 'menu.inspections' });
  await lek.taps({ action: 'inspection.tasks' });
  await inspect(lek, { series: 'AA', spots: 1, seed: 71 });
  await lek.sees('✓ Submitted');
  expect(did(12)).toEqual({ taps: 9, messages: 4, calls: 12 });
});
