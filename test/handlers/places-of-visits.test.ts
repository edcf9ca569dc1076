import { afterAll, beforeEach, expect, it } from 'vitest';
import { comparePlaces } from '../../handlers/photos/compare-places.ts';
import { findPerson } from '../../models/people.ts';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { findStore, storesOf } from '../../models/stores.ts';
import { inTransaction } from '../../models/transaction.ts';
import { submissionLine } from '../../src/daily/submission-line.ts';
import type { CapturePlace } from '../../src/platform/captured.ts';
import { openTasks } from '../support/conversations/inspection.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { onThePage } from '../support/in-process/on-the-page.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { programmeOf, programmesOf, SHIPPED_PROGRAMMES, withChange } from '../support/shipped-programme.ts';
import type { Person } from '../support/world/person.ts';
import { taskLands } from './landed-task.ts';

const ASKING = programmesOf(programmeOf(withChange('programme.yaml', 'photos: {', 'photos: { farAfterMetres: 300,')));
const world = useWorld();
const page = onThePage(world);
beforeEach(() => useProgrammes(ASKING));
afterAll(() => useProgrammes(SHIPPED_PROGRAMMES));

const HERE: CapturePlace = { latitude: 13.746_64, longitude: 100.539_31, accuracyM: 12 };
const HOME: CapturePlace = { latitude: 13.8, longitude: 100.5393, accuracyM: 30 };

async function takes(person: Person, name: string, photo: Buffer, place: CapturePlace): Promise<void> {
  await page.takes(person, { slot: await page.slotOf(person, name), photo, place });
  await page.leaves(person);
}

/** A visit to the one shop, all of it photographed at one place. */
async function promotes(person: Person, nth: number, place: CapturePlace): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills(SHOP);
  if (await person.has('Same shop?')) await person.taps('Same shop');
  await takes(person, 'storefront', await pictures.storefront(8_100 + nth), place);
  await person.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await takes(person, 'context', await pictures.counter(8_100 + nth), place);
  await takes(person, 'closeup', await pictures.closeup(codeOf('VI', nth), { seed: 8_100 + nth }), place);
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await person.taps({ action: 'promotion.submit' });
  await person.sees('Submitted');
}

/** Of each line that was handed over, in their order, which of its photos were flagged. */
async function flagged(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection !== 'submissions') continue;
    const { itemType, submittedAt, photos } = submissionLine.parse(row.line);
    for (const { role, flags } of photos)
      if (flags?.includes('FAR_FROM_OTHERS')) found.push(`${submittedAt} ${itemType} ${role}`);
  }
  return found.sort().map((line) => line.slice(line.indexOf(' ') + 1));
}

async function shopOf({ userId }: Person) {
  const { isoId = '' } = (await findPerson(userId)) ?? {};
  const [shop] = await storesOf(isoId, userId, 1);
  if (shop === undefined) throw new Error('no shop');
  return shop;
}

it('a visit far from those before is said to admins and reviewers, also where all of its photos are together', async () => {
  const nok = await world().hires('nok');
  await promotes(nok, 0, HERE);
  expect(await flagged()).toEqual([]);
  await promotes(nok, 1, HOME);
  expect(new Set(await flagged())).toEqual(
    new Set(['POSM closeup', 'SPOT closeup', 'SPOT context', 'STORE storefront']),
  );
  expect(await nok.chat()).not.toMatch(/far from|Taken \d/);
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.photos']) await admin.taps({ action });
  await admin.sees('To look at (3)', 'Taken 5.8 km from the others');
});

it('of a visit one rounded place stays with the shop, without whose and when, and of three visits at most', async () => {
  const nok = await world().hires('nok');
  await promotes(nok, 0, HERE);
  const { storeId, visits } = await shopOf(nok);
  expect(visits).toEqual([{ latitude: 13.747, longitude: 100.539, accuracyM: 92 }]);
  for (const nth of [1, 2, 3]) await promotes(nok, nth, HERE);
  expect((await findStore(storeId))?.visits).toHaveLength(3);
  expect(await flagged()).toEqual([]);
});

it('an inspection is compared with the visits of the shop that it is of', async () => {
  const nok = await world().hires('nok');
  await promotes(nok, 0, HERE);
  const { storeId } = await shopOf(nok);
  const lek = await world().hires('lek');
  await taskLands(world(), { namedAssignee: 'lek', storeRef: storeId });
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  await lek.taps('Cannot inspect');
  await lek.fills({ Why: 'Not found' });
  await page.takes(lek, { slot: 'cannot', photo: await pictures.storefront(8_150), place: HOME });
  await page.leaves(lek);
  await lek.taps({ action: 'inspection.submit' });
  expect(await flagged()).toEqual(['INSPECTION cannotInspect']);
});

it('of a shop of another ISO nothing is compared or kept', async () => {
  const nok = await world().hires('nok');
  await promotes(nok, 0, HERE);
  const { storeId, visits } = await shopOf(nok);
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP, nameLocal: 'Far Cafe' });
  await takes(nok, 'storefront', await pictures.storefront(8_160), HOME);
  const { id: aboutId } = (await page.inHand(nok)).work;
  const compared = await inTransaction((tx) => comparePlaces({ aboutId, isoId: 'rival', storeId }, tx));
  expect([...compared.values()]).toEqual([[]]);
  expect((await findStore(storeId))?.visits).toEqual(visits);
});
