import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { capturing } from '../../src/wiring/capturing.ts';
import { useModels } from '../models/store.ts';
import { StillClock } from '../support/still-clock.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const MANGO = 'mango@iso.example';

/** What the page beside the chat offers to somebody of that ISO. */
async function offered(): Promise<boolean> {
  const { isoId } = (await findIsoByEmail(MANGO)) ?? {};
  const person = await inTransaction(async (tx) => {
    await meetPerson('nok', 'Nok', tx);
    return await changePerson('nok', { state: 'ACTIVE', isoId }, tx);
  });
  return (await capturing({ clock: new StillClock() }).wishes(person)).gallery;
}

it('an operator lets the people of an ISO choose photos from the gallery, and takes it back', async () => {
  await typed(`iso create --email ${MANGO} --name Mango --time-zone UTC`);
  expect(await offered()).toBe(false);
  expect((await typed(`iso gallery allow ${MANGO}`)).out).toContain(
    'People of Mango may choose photos from the gallery.',
  );
  expect((await typed('iso gallery list')).out).toContain(`${MANGO}  Mango  gallery`);
  expect(await offered()).toBe(true);
  expect((await typed(`iso gallery forbid ${MANGO}`)).out).toContain('People of Mango take photos by the camera.');
  expect((await typed('iso gallery list')).out).toContain(`${MANGO}  Mango  camera alone`);
  expect(await offered()).toBe(false);
});

it('an ISO that is not there has no gallery', async () => {
  expect((await typed('iso gallery allow nobody@iso.example')).exit).not.toBe(0);
});
