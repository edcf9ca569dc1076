import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { changeMember, meetPerson } from '../../models/people.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { programmeOf, programmesOf, SHIPPED_PROGRAMMES, withChange } from '../support/shipped-programme.ts';
import { stocked } from '../support/stocked.ts';
import { typed } from './typed.ts';

const MANGO = 'mango@iso.example';
const SERIALS = ['ABCDEFGH2342', 'ABCDEFGH2343', 'ABCDEFGH2344', 'ABCDEFGH2345'];

useModels(undefined);
beforeEach(async () => {
  await forgetEverything();
  await typed(`iso create --email ${MANGO} --name Mango`);
  const isoId = (await findIsoByEmail(MANGO))?.isoId ?? '';
  for (const [userId, name] of [
    ['nok', 'Nok'],
    ['lek', 'Lek'],
  ] as const) {
    await inTransaction(async (tx) => {
      const person = await meetPerson(userId, name, tx);
      await changeMember(person, { state: 'ACTIVE', isoId }, tx);
    });
  }
  await stocked(isoId, SERIALS);
});

const shown = async () =>
  (await typed(`iso stock show ${MANGO}`)).out.split('\n').map((line) => line.trim().replace(/ +/g, ' '));

it('the next of a batch are allotted, shown with whom, and taken back', async () => {
  expect((await typed(`iso stock allot ${MANGO} nok --batch B1 --next 3`)).out).toBe('3 codes of Mango: allotted.');
  expect(await shown()).toEqual(
    expect.arrayContaining(['IN_STOCK 1', 'WITH_STAFF 3', 'batch B1 1 left', 'with nok 3']),
  );
  expect((await typed(`iso stock allot ${MANGO} lek --batch B1 --next 3`)).out).toBe('1 code of Mango: allotted.');
  expect((await typed(`iso stock back ${MANGO} nok`)).out).toBe('3 codes of Mango: taken back.');
  expect(await shown()).toEqual(expect.arrayContaining(['IN_STOCK 3', 'with lek 1']));
});

it('what is lost is found again; what is no code of the ISO is named', async () => {
  expect((await typed(`iso stock lost ${MANGO} ABCD-EFGH-2342 ABCDEFGH2343`)).out).toBe('2 codes of Mango: lost.');
  expect(await shown()).toEqual(expect.arrayContaining(['LOST 2', 'IN_STOCK 2']));
  expect((await typed(`iso stock found ${MANGO} ABCDEFGH2342`)).out).toBe('1 code of Mango: with the ISO again.');
  expect((await typed(`iso stock found ${MANGO} ABCDEFGH2345`)).out).toContain('1 were somewhere else and stay there.');
  expect((await typed(`iso stock lost ${MANGO} ABCDEFGH2399`)).err).toContain(
    '"ABCDEFGH2399" is not in the stock of Mango.',
  );
  expect((await typed(`iso stock lost ${MANGO} hello`)).err).toContain('"hello" is no code of the programme.');
});

it('a range is taken only where the programme says that its serials have an order', async () => {
  const range = `iso stock allot ${MANGO} nok --from ABCDEFGH2343 --to ABCDEFGH2344`;
  const { exit, err } = await typed(range);
  expect([exit, err]).toEqual([1, expect.stringContaining('have no order in the programme')]);
  const ordered = withChange('programme.yaml', /(\n {4}- id: marketing-code\n)/, '$1      ordered: true\n');
  useProgrammes(programmesOf(programmeOf(ordered)));
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
  expect((await typed(range)).out).toBe('2 codes of Mango: allotted.');
  expect((await typed(range)).out).toContain('2 were somewhere else and stay there.');
  const backwards = await typed(`iso stock allot ${MANGO} nok --from ABCDEFGH2345 --to ABCDEFGH2342`);
  expect(backwards.err).toContain('does not come after');
});

it('says what is missing, and who is not at work', async () => {
  expect((await typed(`iso stock allot ${MANGO} nok`)).err).toContain('Say --batch with --next, or --from with --to.');
  expect((await typed(`iso stock allot ${MANGO} nok --batch B1 --next 0`)).err).toContain('is no number from 1 to 500');
  expect((await typed(`iso stock allot ${MANGO} dao --batch B1 --next 1`)).err).toContain(
    'dao is not at work for Mango.',
  );
});
