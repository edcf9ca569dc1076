import { beforeEach, expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { changeSites, findIsoByEmail } from '../../models/isos.ts';
import { adminsOf } from '../../models/people.ts';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { inTransaction } from '../../models/transaction.ts';
import { submissionLine } from '../../src/daily/submission-line.ts';
import { codeOf, promote, SHOP, startPromotion } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';

const world = useWorld();
let nok: Person;
let lek: Person;
let looks = 10;

beforeEach(async () => {
  nok = await world().hires('nok');
  lek = await world().hires('lek');
});

/** So many sites a month are agreed with the ISO of all of these. */
async function agreed(sites: number): Promise<void> {
  const { isoId = '' } = (await findIsoByEmail(DEMO_ISO)) ?? {};
  await inTransaction((tx) => changeSites(isoId, sites, tx));
}

async function opensProduct(person: Person, product = 'MARKETING_CODE'): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.product', product });
}

/** Up to the shop that is saved. */
async function begins(person: Person, shop: string, product?: string): Promise<void> {
  await opensProduct(person, product);
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, nameLocal: shop });
}

/** From the shop that is saved to *Submitted*. */
async function finishes(person: Person): Promise<void> {
  await person.sends(await pictures.storefront(3));
  await person.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true });
  await person.sends(await pictures.counter(3), await pictures.closeup(codeOf('AA', 0)));
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await person.taps({ action: 'promotion.submit' });
  await person.sees('Submitted');
}

/** Throws away what is at hand. */
async function discards(person: Person): Promise<void> {
  looks += 1;
  await person.sends(await pictures.storefront(looks));
  await person.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true });
  await person.taps({ action: 'promotion.skipSpot' });
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await person.taps({ action: 'promotion.change' });
  await person.taps({ action: 'promotion.discard' });
  await person.taps({ action: 'promotion.discardSure' });
}

const sites = () => database().collection('sites').find({}).sort({ number: 1 }).toArray();
const told = () => database().collection('cards').countDocuments({ view: 'team.sites' });

async function flaggedShops(): Promise<readonly unknown[]> {
  const flagged: unknown[] = [];
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection !== 'submissions') continue;
    const { values, doubts } = submissionLine.parse(row.line);
    if (doubts?.includes('sitesUsedUp') === true) flagged.push(values.nameLocal);
  }
  return flagged;
}

it('a shop counts once it is saved, however often it is saved, by whomever, of whatever product', async () => {
  await agreed(20);
  await opensProduct(nok);
  await nok.sees('20 sites left this month');
  await begins(nok, 'Baan Coffee');
  await begins(lek, 'Baan Coffee');
  await begins(nok, 'Baan Coffee', 'PRIMARY_POSM');
  expect(await sites()).toMatchObject([{ number: 1, period: '2026-11' }]);
  expect((await sites())[0]?.draftIds).toHaveLength(3);
  await opensProduct(lek);
  await lek.sees('19 sites left this month');
});

it('what is saved as another shop lets go of the first; one that was discarded is free again', async () => {
  await agreed(20);
  await begins(nok, 'Baan Coffee');
  await nok.taps({ action: 'promotion.back' });
  await nok.fills({ ...SHOP, nameLocal: 'Nine Mart' });
  expect(await sites()).toHaveLength(1);
  await begins(lek, 'Nine Mart');
  const [draft] = await openDraftsOf('nok');
  await discards(nok);
  expect(await openDraftsOf('nok')).toEqual([]);
  const [held] = await sites();
  expect(held?.draftIds).toHaveLength(1);
  expect(held?.draftIds).not.toContain(draft?.draftId);
  await discards(lek);
  expect(await sites()).toEqual([]);
});

it('two promoters at once, six times: each shop is counted once, none is lost, and the admins are told once', async () => {
  const rounds = 6;
  await agreed(2 * rounds);
  for (let round = 0; round < rounds; round += 1) {
    for (const person of [nok, lek]) {
      await opensProduct(person);
      await person.taps({ action: 'promotion.start' });
    }
    await Promise.all(
      [nok, lek].map((person) => person.fills({ ...SHOP, nameLocal: person.userId, address: `Silom ${round}` })),
    );
  }
  const held = await sites();
  expect(held.map(({ number }) => number)).toEqual(held.map((_, index) => index + 1));
  expect(held).toHaveLength(2 * rounds);
  expect(await told()).toBe((await adminsOf(String(held[0]?.isoId))).length);
  await opensProduct(nok);
  await nok.sees('✗ No sites left this month');
});

it('two who save one shop at once hold one site', async () => {
  await agreed(20);
  for (const person of [nok, lek]) {
    await opensProduct(person);
    await person.taps({ action: 'promotion.start' });
  }
  await Promise.all([nok, lek].map((person) => person.fills({ ...SHOP, nameLocal: 'Baan Coffee' })));
  const held = await sites();
  expect(held).toHaveLength(1);
  expect(held[0]?.draftIds).toHaveLength(2);
});

it('its admins are told once when 80 % is used, and how it stands then', async () => {
  await agreed(5);
  const admin = world().person('admin1');
  for (const shop of ['One', 'Two', 'Three']) await begins(nok, shop);
  expect(await told()).toBe(0);
  await begins(nok, 'Four');
  await admin.sees('! Limit is near', '4 of 5 sites of November 2026 are in use.');
  const cards = await told();
  expect(cards).toBeGreaterThan(0);
  await begins(nok, 'Five');
  await discards(nok);
  await begins(nok, 'Six');
  expect(await told()).toBe(cards);
});

it('where none is left Start says so first; what is begun all the same is submitted and flagged, and what is free again is not', async () => {
  const admin = world().person('admin1');
  await agreed(1);
  await begins(lek, 'Baan Coffee');
  await opensProduct(nok);
  await nok.sees('✗ No sites left this month');
  await nok.taps({ action: 'promotion.start' });
  await nok.sees('The one site agreed', 'ask your admin');
  expect(await openDraftsOf('nok')).toEqual([]);
  await nok.taps('Start anyway');
  await nok.fills({ ...SHOP, nameLocal: 'Nine Mart' });
  await nok.sees('Nine Mart');

  await finishes(nok);
  expect(await flaggedShops()).toEqual(['Nine Mart']);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.photos']) await admin.taps({ action });
  await admin.sees('To look at (1)', 'Nine Mart', 'One more shop than agreed', 'Nok');

  await discards(lek);
  expect(await sites()).toMatchObject([{ over: true }]);
});

it('a month later all of them are left, and what was submitted stays counted in its month', async () => {
  await agreed(2);
  await promote(nok, { shop: 'Baan Coffee' });
  await nok.sees('Submitted');
  await opensProduct(lek);
  await lek.sees('1 site left this month');
  await world().advance(8 * 24 * 3_600_000);
  await opensProduct(lek);
  await lek.sees('2 sites left this month');
  await begins(lek, 'Baan Coffee', 'PRIMARY_POSM');
  await lek.taps('Same shop');
  expect((await sites()).map(({ period }) => period)).toEqual(['2026-11', '2026-12']);
});

it('as long as no number was agreed nothing is counted and nothing said', async () => {
  await opensProduct(nok);
  await nok.doesNotSee('sites.left');
  await startPromotion(nok);
  expect(await sites()).toEqual([]);
});
