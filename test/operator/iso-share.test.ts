import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addCall, addPushed, addUsage } from '../../models/monthly-usage.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { writeInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { StillClock } from '../support/still-clock.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const MANGO = 'mango@iso.example';
const now = new StillClock().now();

/** Two ISOs, one with three people. */
async function twoIsos(): Promise<string> {
  await typed(`iso create --email ${MANGO} --name Mango`);
  await typed('iso create --email apple@iso.example --name Apple');
  await writeInstallation({ limits: { calls: 1_000, pushes: 1_000 }, invitationsADay: 20, programmeTimeZone: 'UTC' });
  const isoId = (await findIsoByEmail(MANGO))?.isoId ?? '';
  for (const userId of ['nok', 'lek', 'som']) {
    await inTransaction(async (tx) => {
      await meetPerson(userId, userId, tx);
      await changePerson(userId, { state: 'ACTIVE', isoId }, tx);
    });
  }
  return isoId;
}

const shares = async () => JSON.parse((await typed('iso share list --json')).out).shares;

it('shares go by who works for an ISO, with what each used of it', async () => {
  const isoId = await twoIsos();
  await addCall(now, { payer: isoId, class: 'own' });
  await addCall(now, { payer: isoId, class: 'result' });
  await addPushed(now, isoId, 4);
  await addUsage(now, { pushes: 6 });
  const [apple, mango, nobody] = await shares();
  expect(apple).toMatchObject({ email: 'apple@iso.example', people: 1, isSet: false, shared: 201 });
  expect(mango).toMatchObject({ email: MANGO, people: 3, isSet: false, shared: 605, kept: 106, spent: 1 });
  expect(nobody).toMatchObject({ name: 'whoever is in no ISO yet', shared: 42 });
  const { out } = await typed('iso share list');
  expect(out).toContain('2 of 1000 calls, 6 of 1000 pushes');
  expect(out).toMatch(/mango@iso.example {2}Mango {2}as 3 people {2}1 of 605 used.* {2}4 of 712 pushes/);
});

it('an operator gives an ISO a share of its own, and takes it back', async () => {
  await twoIsos();
  const said = await typed('iso share set apple@iso.example 9');
  expect(said).toMatchObject({ exit: 0, out: expect.stringContaining('Apple counts as 9 people from now on') });
  expect((await shares())[0]).toMatchObject({ people: 9, isSet: true, shared: 605 });
  expect((await typed('iso list')).out).toContain('0 staff');
  const again = await typed(`iso share default apple@iso.example`);
  expect(again.out).toBe('Apple counts as those who work for it, and as one person where nobody does: 1 person now.');
  expect((await shares())[0]).toMatchObject({ people: 1, isSet: false, shared: 201 });
  expect((await typed('iso share set apple@iso.example 0')).out).toContain('Apple counts as 0 people from now on');
  expect((await shares())[0]).toMatchObject({ people: 0, isSet: true, shared: 0 });
});

it.each([
  ['iso share set mango@iso.example 1.5', '<people> is no whole number'],
  ['iso share set mango@iso.example many', '<people> is no whole number from 0 to 100000: "many".'],
  ['iso share set mango@iso.example', '<people> is missing'],
])('%s is refused with a sentence', async (line, sentence) => {
  await twoIsos();
  const { exit, err } = await typed(line);
  expect(exit).not.toBe(0);
  expect(err).toContain(sentence);
});

it('an ISO that there is not, and data on which no bot ever started, are sentences', async () => {
  expect((await typed('iso share set kiwi@iso.example 3')).err).toContain('There is no ISO with the e-mail kiwi');
  expect((await typed('iso share list')).err).toBe(
    'The bot has never started on this data, so its limits are not known. Start it once.',
  );
});
