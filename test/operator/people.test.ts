import { beforeEach, expect, it } from 'vitest';
import { addAssociations, associationsOfIso, findAssociation, moveAssociation } from '../../models/associations.ts';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { addPersonal } from '../../models/personal-usage.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const MANGO = 'mango@iso.example';
const LOTUS = 'lotus@iso.example';

/** Mango with Anong, its admin, and Nok; and Lotus with nobody. */
async function twoIsos() {
  for (const [email, name] of [
    [MANGO, 'Mango'],
    [LOTUS, 'Lotus'],
  ])
    await typed(`iso create --email ${email} --name ${name}`);
  await typed(`iso admin add ${MANGO} anong --name Anong`);
  const isoId = (await findIsoByEmail(MANGO))?.isoId ?? '';
  await inTransaction(async (tx) => {
    await meetPerson('nok', 'Nok', tx);
    await changePerson('nok', { state: 'ACTIVE', isoId, language: 'th' }, tx);
  });
  return isoId;
}

it('the people of an ISO are listed with role and state', async () => {
  await twoIsos();
  const { exit, out } = await typed(`iso people list ${MANGO}`);
  expect(exit).toBe(0);
  expect(out.split('\n')).toEqual([
    'anong  Anong  admin  at work  last active never',
    'nok  Nok  staff  at work  last active never',
  ]);
  expect(JSON.parse((await typed(`iso people list ${MANGO} --json`)).out).people).toHaveLength(2);
  expect((await typed(`iso people list ${LOTUS}`)).out).toContain('Lotus has nobody yet.');
});

it('what each of an ISO caused this month is listed, most pushes first, and nobody of another ISO', async () => {
  const isoId = await twoIsos();
  const at = Date.UTC(2026, 10, 10);
  const listed = async (): Promise<string> => (await typed(`iso people usage ${MANGO}`, { now: () => at })).out;
  expect(await listed()).toBe('Nobody of Mango caused anything in 2026-11.');
  await addPersonal({ userId: 'nok', isoId, at }, { pushes: 7, calls: 2, opened: 0 });
  await addPersonal({ userId: 'nok', isoId, at: at + 3_600_000 }, { pushes: 5, calls: 9, opened: 0 });
  await addPersonal({ userId: 'gone', isoId, at }, { pushes: 40, calls: 1, opened: 0 });
  await addPersonal({ userId: 'rival', isoId: 'lotus', at }, { pushes: 90, calls: 1, opened: 0 });
  expect((await listed()).split('\n')).toEqual(['gone  left  40 pushes  1 call', 'nok  Nok  12 pushes  11 calls']);
});

it('somebody is paused, taken back, made an admin and removed, each said in a sentence', async () => {
  await twoIsos();
  expect(await typed(`iso people pause ${MANGO} nok`)).toEqual({
    exit: 0,
    out: 'Nok (nok) is paused, and told so. Their work stays theirs.',
    err: '',
  });
  expect(await findPerson('nok')).toMatchObject({ state: 'PAUSED', paused: { by: 'operator' } });
  expect((await typed(`iso people resume ${MANGO} nok`)).out).toBe('Nok (nok) is back at work, and told so.');
  expect((await typed(`iso people make-admin ${MANGO} nok`)).out).toBe('Nok (nok) is admin of Mango, and told so.');
  expect((await typed(`iso people remove ${MANGO} nok`)).out).toContain('does not work for Mango any more');
  expect(await findPerson('nok')).toMatchObject({ state: 'UNKNOWN', role: 'STAFF' });
});

it('somebody is moved to another ISO as its staff, and keeps their own results at the one before', async () => {
  const mango = await twoIsos();
  const { exit, out } = await typed(`iso people move ${MANGO} nok --to ${LOTUS}`);
  expect([exit, out]).toEqual([0, 'Nok (nok) is staff of Lotus now. What they did before stays with the other ISO.']);
  const lotus = (await findIsoByEmail(LOTUS))?.isoId ?? '';
  expect(await findPerson('nok')).toMatchObject({ state: 'ACTIVE', isoId: lotus, formerIso: { isoId: mango } });
  expect(await associationsOfIso(lotus, ['ACTIVE'])).toEqual([]);
});

it('who joined with a phone no. is moved with it: what they had ends as left, and they can be invited nowhere twice', async () => {
  const mango = await twoIsos();
  await inTransaction(async (tx) => {
    const asked = { requestId: 'membership', isoId: mango, userId: 'nok', name: 'Nok Suda', phone: '+66812345011' };
    await addAssociations([{ ...asked, channel: 'INVITE', at: 1, approvedBy: 'anong' }], tx);
    const added = await findAssociation('membership', tx);
    if (added !== undefined) await moveAssociation(added, { state: 'ACTIVE' }, tx);
  });
  expect((await typed(`iso people move ${MANGO} nok --to ${LOTUS}`)).exit).toBe(0);
  expect(await findAssociation('membership')).toMatchObject({ state: 'LEFT' });
  const lotus = (await findIsoByEmail(LOTUS))?.isoId ?? '';
  expect(await associationsOfIso(lotus, ['ACTIVE'])).toMatchObject([
    { userId: 'nok', phone: '+66812345011', channel: 'INVITE', decidedBy: 'operator' },
  ]);
  expect((await typed(`iso people move ${LOTUS} nok --to ${MANGO}`)).exit).toBe(0);
  expect(await associationsOfIso(lotus, ['LEFT'])).toHaveLength(1);
  expect(await associationsOfIso(mango, ['ACTIVE'])).toHaveLength(1);
});

it.each([
  [`iso people pause ${MANGO} anong`, 'Nobody else is admin of the ISO: make somebody an admin first.'],
  [`iso people remove ${MANGO} anong`, 'Nobody else is admin of the ISO: make somebody an admin first.'],
  [
    `iso people move ${MANGO} anong --to ${LOTUS}`,
    `Nobody else is admin of Mango. Make somebody an admin first: npm run op -- iso people make-admin ${MANGO} <userId>`,
  ],
  [`iso people resume ${MANGO} nok`, 'Nok (nok) is not paused;'],
  [`iso people make-admin ${MANGO} anong`, 'Anong (anong) is admin already'],
  [`iso people pause ${LOTUS} nok`, `nok is nobody of Lotus. See: npm run op -- iso people list ${LOTUS}`],
  [`iso people move ${MANGO} nok --to ${MANGO}`, 'nok is at Mango already.'],
])('%s is refused in a sentence that says what to do', async (line, sentence) => {
  await twoIsos();
  const { exit, out, err } = await typed(line);
  expect([exit, out]).toEqual([1, '']);
  expect(err).toContain(sentence);
  expect(await findPerson('anong')).toMatchObject({ state: 'ACTIVE', role: 'ADMIN' });
});
