import { expect, it, onTestFinished } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { howOften } from '../support/how-often.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
  withChangedWords,
} from '../support/shipped-programme.ts';
import type { Person } from '../support/world/person.ts';

const world = useWorld();
const PROMOTERS = howOften({ inEachRun: 2, inFull: 6 });
const IN_THE_BURST = howOften({ inEachRun: 3, inFull: 5 });
const SHIPPED = shippedProgramme();
/** The product is gone from the file, not only switched off. */
const REMOVED: Programme = { ...SHIPPED, products: SHIPPED.products.filter(({ id }) => id !== 'MARKETING_CODE') };
/** The floor is asked for as well. */
const ASKS_FLOOR = programmeOf(
  withChangedWords(
    '\nfields:\n',
    '\nfields:\n  floor: { label: Floor }\n',
    withChange(
      'programme.yaml',
      '          - { id: city, is: storeCity,',
      '          - { id: floor, type: text, maxLength: 20 }\n          - { id: city, is: storeCity,',
    ),
  ),
);

function apply(...versions: readonly Programme[]): void {
  useProgrammes(programmesOf(...versions));
}

async function begins(person: Person, shop: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, nameLocal: shop, ...more });
}

it(`a product that is removed while ${5 * PROMOTERS} drafts of it are open: each is held under its name, and goes on where it was`, async () => {
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
  const people = await Promise.all(Array.from({ length: PROMOTERS }, (_, n) => world().hires(`promoter${n}`)));
  const shops = ['A', 'B', 'C', 'D', 'E'];
  for (const person of people) for (const shop of shops) await begins(person, `Baan ${shop}`);
  const drafts = async () => (await Promise.all(people.map(({ userId }) => openDraftsOf(userId)))).flat();
  const begun = await drafts();
  expect(begun).toHaveLength(people.length * shops.length);

  apply(SHIPPED, REMOVED);
  for (const person of people) {
    await person.says('menu');
    const products = (await person.card()).buttons.filter(({ params }) => params.action === 'menu.product');
    expect(products.map(({ label }) => label)).toEqual(['Primary POSMs']);
    await person.taps({ action: 'promotion.resume' });
    await person.sees('Alipay+ Marketing Code', ': this product is not promoted now.', 'Baan ', 'Nothing is lost.');
  }
  const held = await drafts();
  expect(held.map(({ draft }) => draft.answers)).toEqual(begun.map(({ draft }) => draft.answers));

  apply(SHIPPED, REMOVED, SHIPPED);
  for (const person of people) {
    await person.says('menu');
    await person.taps({ action: 'promotion.resume' });
    await person.sees('Step 1 of 4 · Storefront photo', 'Baan ');
  }
  expect((await drafts()).map(({ draft }) => draft.answers)).toEqual(begun.map(({ draft }) => draft.answers));
});

it('taken back after drafts were begun: what only the one between asks is kept aside, and is there when it comes again', async () => {
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
  const nok = await world().hires('nok');
  apply(SHIPPED, ASKS_FLOOR);
  await begins(nok, 'Baan Coffee', { floor: '3' });
  const answers = async () => (await openDraftsOf('nok'))[0]?.draft.answers.store;
  expect(await answers()).toMatchObject({ nameLocal: 'Baan Coffee', floor: '3' });

  apply(SHIPPED, ASKS_FLOOR, SHIPPED);
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.taps({ action: 'promotion.back' });
  expect(JSON.stringify((await nok.card()).forms)).not.toContain('Floor');
  await nok.fills({ nameLocal: 'Baan Tea' });
  expect(await answers()).toMatchObject({ nameLocal: 'Baan Tea', floor: '3' });

  apply(SHIPPED, ASKS_FLOOR, SHIPPED, ASKS_FLOOR);
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Step 1 of 4 · Storefront photo');
  expect(await answers()).toMatchObject({ nameLocal: 'Baan Tea', floor: '3' });
});

it('applied in the middle of a burst of submissions: each is handed over whole, under one version', async () => {
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
  const people = await Promise.all(Array.from({ length: IN_THE_BURST }, (_, n) => world().hires(`promoter${n}`)));
  for (const [n, person] of people.entries()) {
    await begins(person, `Baan ${n}`);
    await person.sends(await pictures.storefront(40 + n));
    await person.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true });
    await person.sends(await pictures.counter(40 + n), await pictures.closeup(codeOf('BU', n), { seed: 40 + n }));
    await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  }
  let version = 1;
  const burst = people.map(async (person) => {
    await person.taps({ action: 'promotion.submit' });
    version += 1;
    apply(...Array.from({ length: version }, () => SHIPPED));
  });
  await Promise.all(burst);
  for (const person of people) await person.sees('Submitted');
  const under = new Map<string, Set<unknown>>();
  let lines = 0;
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection !== 'submissions') continue;
    lines += 1;
    const { promotionNumber } = row.line as { readonly promotionNumber: string };
    under.set(promotionNumber, (under.get(promotionNumber) ?? new Set()).add(row.programme));
  }
  expect(lines).toBe(3 * people.length);
  expect([...under.values()].map(({ size }) => size)).toEqual(people.map(() => 1));
});
