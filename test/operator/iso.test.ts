import { beforeEach, expect, it } from 'vitest';
import { addAssociations, associationsOfIso, type NewAssociation } from '../../models/associations.ts';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { writeWebAddress } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const MANGO = 'mango@iso.example';

async function addMango(): Promise<string> {
  await typed(`iso create --email ${MANGO} --name "Mango Partners"`);
  return (await findIsoByEmail(MANGO))?.isoId ?? '';
}

it('an ISO is added under its e-mail in lower case, with what was left out as the programme says it', async () => {
  expect(await typed('iso create --email Mango@ISO.example --name " Mango Partners "')).toEqual({
    exit: 0,
    out: 'Mango Partners (mango@iso.example) is there. Give it an admin: npm run op -- iso admin add mango@iso.example <userId> --name <name>',
    err: '',
  });
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  expect(await findIsoByEmail(MANGO)).toMatchObject({ name: 'Mango Partners', ...place });
});

it('of an ISO whose country is said the time zone follows, where the programme knows it; else it is asked for', async () => {
  await typed(`iso create --email ${MANGO} --name Mango --country JP`);
  expect(await findIsoByEmail(MANGO)).toMatchObject({ country: 'JP', timeZone: 'Asia/Tokyo' });
  const { exit, err } = await typed('iso create --email apple@iso.example --name Apple --country US');
  expect([exit, err]).toEqual([
    2,
    'The programme does not say in which time zone US is. Say it: --time-zone, such as Europe/Madrid.',
  ]);
  expect(await findIsoByEmail('apple@iso.example')).toBeUndefined();
});

it('an ISO is added with its own country, time zone and language', async () => {
  const place = { country: 'SG', timeZone: 'Asia/Singapore', language: 'zh-CN' };
  const { out } = await typed(
    `iso create --json --email ${MANGO} --name Mango --country sg --time-zone Asia/Singapore --language zh-CN`,
  );
  const made = await findIsoByEmail(MANGO);
  expect(made).toMatchObject(place);
  expect(JSON.parse(out)).toEqual({ isoId: made?.isoId, email: MANGO, name: 'Mango', ...place });
  expect(out).not.toContain(made?.joinToken);
});

it('the same e-mail is refused in whatever case, and changes nothing', async () => {
  await addMango();
  const again = await typed('iso create --email MANGO@iso.example --name Again');
  expect(again).toEqual({ exit: 1, out: '', err: 'There is an ISO with the e-mail mango@iso.example already.' });
  expect((await findIsoByEmail(MANGO))?.name).toBe('Mango Partners');
});

it('the list says that it is empty, and what to do; then it counts admins and staff', async () => {
  expect((await typed('iso list')).out).toBe('There is no ISO yet. Add one: npm run op -- iso create --help');
  expect(JSON.parse((await typed('iso list --json')).out)).toEqual({ isos: [] });
  const isoId = await addMango();
  await typed('iso create --email apple@iso.example --name Apple --country SG');
  await typed(`iso admin add ${MANGO} som --name "Som Jai"`);
  await inTransaction(async (tx) => {
    await meetPerson('nok', 'Nok', tx);
    await changePerson('nok', { state: 'ACTIVE', isoId }, tx);
  });
  expect((await typed('iso list')).out).toBe(
    'apple@iso.example  Apple  SG  0 admins, 0 staff\nmango@iso.example  Mango Partners  TH  1 admin, 1 staff',
  );
  expect(JSON.parse((await typed('iso list --json')).out)).toMatchObject({
    isos: [{ email: 'apple@iso.example' }, { email: MANGO, admins: 1, staff: 1 }],
  });
});

it('an ISO is shown with its admins by name and everybody else by number', async () => {
  const isoId = await addMango();
  expect((await typed(`iso show ${MANGO}`)).out).toBe(
    [
      'Mango Partners',
      '  e-mail     mango@iso.example',
      '  place      TH, Asia/Bangkok, en',
      '  admins     none: nobody can approve requests',
      '  staff      0, of all people 0 paused',
      '  waiting    0 requests, 0 invitations',
      '  QR code    needs PUBLIC_URL',
    ].join('\n'),
  );
  await typed(`iso admin add ${MANGO} som --name "Som Jai"`);
  await inTransaction(async (tx) => {
    await meetPerson('nok', 'Nok Suda', tx);
    await changePerson('nok', { state: 'SUSPENDED', isoId }, tx);
    await addAssociations([requestOf('lek', isoId)], tx);
  });
  await writeWebAddress('https://field.example.com');
  const { out } = await typed('iso show Mango@iso.example');
  expect(out).toContain('  admin      som  Som Jai\n  staff      1, of all people 1 paused\n');
  expect(out).toContain('  waiting    1 requests, 0 invitations\n');
  const token = (await findIsoByEmail(MANGO))?.joinToken;
  expect(out).toContain(`  QR code    https://field.example.com/join/${token}`);
  expect(out.replaceAll(`${token}`, '')).not.toMatch(/Nok|812/);
  expect(JSON.parse((await typed(`iso show ${MANGO} --json`)).out)).toEqual({
    email: MANGO,
    name: 'Mango Partners',
    country: 'TH',
    timeZone: 'Asia/Bangkok',
    language: 'en',
    admins: [{ userId: 'som', name: 'Som Jai', left: false }],
    staff: 1,
    paused: 1,
    waiting: { requests: 1, invitations: 0 },
    qrCode: `https://field.example.com/join/${token}`,
    poster: `https://field.example.com/poster/${token}`,
  });
});

it('an admin is named by the command, or as the bot knows them; their own request is taken back', async () => {
  const isoId = await addMango();
  expect((await typed(`iso admin add ${MANGO} lek`)).err).toBe('Nobody knows lek yet: add --name.');
  await inTransaction(async (tx) => {
    await meetPerson('lek', 'Lek Boonmee', tx);
    await addAssociations([requestOf('lek', isoId)], tx);
  });
  expect(await typed(`iso admin add ${MANGO} lek`)).toEqual({
    exit: 0,
    out: 'Lek Boonmee (lek) is admin of Mango Partners. In the chat: menu, then Team.',
    err: '',
  });
  expect(await findPerson('lek')).toMatchObject({ state: 'ACTIVE', role: 'ADMIN', isoId, language: 'en' });
  expect(await associationsOfIso(isoId, ['PENDING'])).toEqual([]);
  expect(JSON.parse((await typed(`iso admin add ${MANGO} lek --name Lek --json`)).out)).toEqual({
    iso: { email: MANGO, name: 'Mango Partners' },
    admin: { userId: 'lek', name: 'Lek' },
  });
});

it('an admin becomes staff again, but never the last one who can act', async () => {
  await addMango();
  for (const userId of ['som', 'nok']) await typed(`iso admin add ${MANGO} ${userId} --name Somebody`);
  expect((await typed(`iso admin remove ${MANGO} nok`)).out).toBe(
    'Somebody (nok) is staff of Mango Partners, no admin any more.',
  );
  expect(await typed(`iso admin remove ${MANGO} som`)).toEqual({
    exit: 1,
    out: '',
    err: `Nobody else is admin of Mango Partners. Make somebody an admin first: npm run op -- iso people make-admin ${MANGO} <userId>`,
  });
  expect((await findPerson('som'))?.role).toBe('ADMIN');
  await typed(`iso people make-admin ${MANGO} nok`);
  expect(JSON.parse((await typed(`iso admin remove ${MANGO} som --json`)).out)).toEqual({
    iso: { email: MANGO, name: 'Mango Partners' },
    staff: { userId: 'som', name: 'Somebody' },
    adminsLeft: 1,
  });
});

it('of two admins who are demoted at once one stays', async () => {
  await addMango();
  for (const userId of ['som', 'nok']) await typed(`iso admin add ${MANGO} ${userId} --name Somebody`);
  const both = await Promise.all(['som', 'nok'].map((userId) => typed(`iso admin remove ${MANGO} ${userId}`)));
  expect(both.map(({ exit }) => exit).toSorted()).toEqual([0, 1]);
});

it('an admin who has left the organisation can be made staff, whoever else there is', async () => {
  const isoId = await addMango();
  await typed(`iso admin add ${MANGO} som --name Som`);
  await inTransaction((tx) => changePerson('som', { state: 'SUSPENDED', isoId }, tx));
  expect((await typed(`iso admin remove ${MANGO} som`)).exit).toBe(0);
});

it('what cannot be done is said in one sentence, and exits with 1', async () => {
  await addMango();
  await typed('iso create --email apple@iso.example --name Apple');
  await typed('iso admin add apple@iso.example ann --name Ann');
  for (const [line, code, message] of [
    [`iso admin add ${MANGO} ann`, 'person.elsewhere', 'ann works for another ISO.'],
    [`iso admin remove ${MANGO} ann`, 'admin.unknown', 'ann is no admin of Mango Partners.'],
    [`iso admin remove ${MANGO} nobody`, 'admin.unknown', 'nobody is no admin of Mango Partners.'],
    [
      'iso show pear@iso.example',
      'iso.unknown',
      'There is no ISO with the e-mail pear@iso.example. There are: apple@iso.example, mango@iso.example.',
    ],
  ] as const) {
    expect(await typed(line)).toEqual({ exit: 1, out: '', err: message });
    const asJson = await typed(`${line} --json`);
    expect([asJson.exit, asJson.out, JSON.parse(asJson.err)]).toEqual([1, '', { error: { code, message } }]);
  }
});

it('an e-mail that nobody has is answered with those there are, or with how to list many', async () => {
  expect((await typed(`iso show ${MANGO}`)).err).toBe(
    'There is no ISO with the e-mail mango@iso.example. There is none yet. Add one: npm run op -- iso create --help',
  );
  for (let nth = 1; nth <= 9; nth++) await typed(`iso create --email iso${nth}@iso.example --name "Iso ${nth}"`);
  expect((await typed(`iso show ${MANGO}`)).err).toBe(
    'There is no ISO with the e-mail mango@iso.example. See: npm run op -- iso list',
  );
});

function requestOf(userId: string, isoId: string): NewAssociation {
  const name = 'Lek Boonmee';
  return { requestId: `request-${userId}`, isoId, userId, name, phone: '+66812345678', channel: 'CARD', at: 1 };
}
