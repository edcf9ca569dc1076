import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { database } from '../../models/database.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { promote, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
} from '../support/shipped-programme.ts';
import type { Person } from '../support/world/person.ts';

const world = useWorld();
let nok: Person;

beforeEach(async () => {
  nok = await world().hires('nok');
});

/** A programme with this edition of the policy is applied. */
function edition(version: number): void {
  const files = withChange('programme.yaml', /version: 1\n/, `version: ${version}\n`);
  useProgrammes(programmesOf(shippedProgramme(), programmeOf(files)));
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
}

async function starts(): Promise<void> {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
}

const agreedBy = async () => (await findPerson('nok'))?.policy;
const rowsOf = (collection: string) => database().collection(collection).find({}).toArray();
const begun = async () => (await openDraftsOf('nok')).length;

it('whoever starts for the first time agrees by that, as the card says, and it is kept with all that they submit', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.sees('By starting you agree to the policy.');
  const at = world().clock.now();
  await promote(nok);
  await nok.sees('Submitted');
  expect(await agreedBy()).toEqual({ version: 1, at });
  expect(await rowsOf('promotions')).toMatchObject([{ policy: { version: 1, at } }]);
  expect((await rowsOf('submissions')).map(({ policy }) => policy)).toEqual([1, 1, 1]);
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'PRIMARY_POSM' });
  expect((await nok.card()).text).not.toContain('By starting you agree');
  await nok.taps('Policy');
  await nok.sees('✓ Agreed 24 Nov');
});

it('a newer edition is read and agreed once, before the next promotion; one that was begun goes on', async () => {
  await starts();
  edition(2);
  await starts();
  await nok.sees('Step 1 of 4 · Store');
  await nok.fills(SHOP);
  expect(await agreedBy()).toMatchObject({ version: 1 });
  await starts();
  await nok.sees('POSM deployment policy', '! New: read it once', 'Agree and start');
  expect(await begun()).toBe(1);
  await nok.taps('Agree and start');
  await nok.sees('Step 1 of 4 · Store');
  expect(await agreedBy()).toMatchObject({ version: 2 });
  expect((await openDraftsOf('nok')).map(({ policy }) => policy?.version).sort()).toEqual([1, 2]);
  await nok.fills({ ...SHOP, nameLocal: 'Nine Mart', address: 'Rama IV 9' });
  await starts();
  await nok.sees('Step 1 of 4 · Store');
});

it('a card of an earlier edition agrees to nothing newer: it shows that', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  edition(2);
  await nok.taps('Start Promotion');
  await nok.sees('! New: read it once');
  edition(3);
  await nok.taps('Agree and start');
  await nok.sees('! New: read it once');
  expect(await agreedBy()).toBeUndefined();
  expect(await begun()).toBe(0);
  await nok.taps('Agree and start');
  expect(await agreedBy()).toMatchObject({ version: 3 });
});

it('tapped twice at once, or on two phones, it is agreed once and one promotion begins', async () => {
  edition(2);
  await starts();
  const card = await nok.card();
  const button = card.buttons.find(({ label }) => label === 'Agree and start');
  if (button === undefined) throw new Error('there is nothing to agree to');
  const taps = [1, 2, 3].map(() => world().tap(card.outTrackId, { userId: 'nok', ...button }));
  await Promise.all(taps.map((tap) => world().takesIn(tap)));
  await world().untilIdle();
  const agreed = await agreedBy();
  await world().advance(60_000);
  await world().receive(world().tap(card.outTrackId, { userId: 'nok', ...button }));
  expect(await begun()).toBe(1);
  expect(await agreedBy()).toEqual(agreed);
  expect((await rowsOf('audit')).filter(({ what }) => what === 'policy.agree')).toHaveLength(1);
});

it('Next shop asks for it, too', async () => {
  await promote(nok);
  expect(await agreedBy()).toMatchObject({ version: 1 });
  edition(2);
  await nok.taps({ action: 'promotion.next' });
  await nok.sees('! New: read it once');
});
