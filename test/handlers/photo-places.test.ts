import { afterAll, beforeEach, expect, it } from 'vitest';
import { findPerson } from '../../models/people.ts';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { placedPhotos } from '../../models/photos.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type SubmissionLine, submissionLine } from '../../src/daily/submission-line.ts';
import type { CapturePlace } from '../../src/platform/captured.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { capturing } from '../../src/wiring/capturing.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { onThePage } from '../support/in-process/on-the-page.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { programmeOf, programmesOf, SHIPPED_PROGRAMMES, withChange } from '../support/shipped-programme.ts';
import type { Person } from '../support/world/person.ts';

const ASKING = programmesOf(programmeOf(withChange('programme.yaml', 'photos: {', 'photos: { farAfterMetres: 300,')));
const world = useWorld();
const page = onThePage(world);
beforeEach(() => useProgrammes(ASKING));
afterAll(() => useProgrammes(SHIPPED_PROGRAMMES));

const HERE: CapturePlace = { latitude: 13.7466, longitude: 100.5393, accuracyM: 12 };
const HOME: CapturePlace = { latitude: 13.8, longitude: 100.5393, accuracyM: 30 };

async function begins(person: Person): Promise<Subject> {
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills(SHOP);
  return (await page.inHand(person)).work;
}

/** A photo taken on the page, for the place of the work whose name ends so; the page is left then. */
async function takes(person: Person, work: Subject, slot: string, photo: Buffer, place?: CapturePlace): Promise<void> {
  await page.takes(person, { work, slot, photo, place });
  await page.leaves(person);
}

async function saidOfPhotos(): Promise<readonly unknown[]> {
  const lines: SubmissionLine[] = [];
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection === 'submissions') lines.push(submissionLine.parse(row.line));
  }
  return lines.flatMap(({ photos }) => photos.flatMap(({ role, flags }) => (flags ? [[role, flags]] : [])));
}

const placesKept = (work: Subject) => inTransaction((tx) => placedPhotos(work.id, tx));

it('a photo that was taken far from the others of its shop is taken like any other, and said to admins and reviewers alone', async () => {
  const admin = world().person('admin1');
  const nok = await world().hires('nok');
  const work = await begins(nok);
  await takes(nok, work, await page.slotOf(nok, 'storefront'), await pictures.storefront(61), HERE);
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await takes(nok, work, await page.slotOf(nok, 'context'), await pictures.counter(61), HERE);
  await takes(
    nok,
    work,
    await page.slotOf(nok, 'closeup'),
    await pictures.closeup(codeOf('PL', 0), { seed: 61 }),
    HOME,
  );
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  expect(await placesKept(work)).toHaveLength(3);
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Submitted');

  const said = await saidOfPhotos();
  expect(new Set(said.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify(['closeup', ['FAR_FROM_OTHERS']])]),
  );
  expect(await placesKept(work)).toEqual([]);
  expect(await nok.chat()).not.toMatch(/far from|Taken \d/);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.photos']) await admin.taps({ action });
  await admin.sees('To look at (1)', 'Taken 5.9 km from the others', 'their place does not fit', 'Nok');
});

it('a place that is made up is said, compared with none, and not kept; a photo without a place is nothing', async () => {
  const nok = await world().hires('nok');
  const work = await begins(nok);
  await takes(nok, work, await page.slotOf(nok, 'storefront'), await pictures.storefront(62), {
    ...HOME,
    mocked: true,
  });
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await takes(nok, work, await page.slotOf(nok, 'context'), await pictures.counter(62), HERE);
  await takes(nok, work, await page.slotOf(nok, 'closeup'), await pictures.closeup(codeOf('PL', 1), { seed: 62 }));
  expect(await placesKept(work)).toHaveLength(1);
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Submitted');
  expect(await saidOfPhotos()).toEqual([['storefront', ['PLACE_MADE_UP']]]);
});

it('of a photo that comes when its work has ended no place is kept', async () => {
  const nok = await world().hires('nok');
  const work = await begins(nok);
  const slot = await page.slotOf(nok, 'storefront');
  await takes(nok, work, slot, await pictures.storefront(63), HERE);
  const { outTrackId, buttons } = await nok.card();
  const params = { ...buttons[0]?.params, action: 'promotion.discard' };
  await world().receive(world().tap(outTrackId, { userId: 'nok', actionId: 'discard', params }));
  await nok.taps({ action: 'promotion.discardSure' });
  const before = await placesKept(work);
  await takes(nok, work, slot, await pictures.storefront(64), HERE);
  expect(await placesKept(work)).toEqual(before);
});

it('a phone is asked for its place only where the programme says how far is far', async () => {
  const nok = await world().hires('nok');
  const person = await findPerson(nok.userId);
  if (person === undefined) throw new Error('nobody');
  const location = async () => (await capturing(world()).wishes(person)).location;
  expect(await location()).toBe('ask');
  useProgrammes(SHIPPED_PROGRAMMES);
  expect(await location()).toBe('no');
});
