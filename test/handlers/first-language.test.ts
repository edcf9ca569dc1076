import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { addIso } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

const ISO = {
  isoId: 'garuda',
  email: 'garuda@iso.example',
  name: 'Garuda Partners',
  country: 'ID',
  timeZone: 'Asia/Jakarta',
  language: 'id',
  joinToken: 'garuda',
} as const;
const MALI = { name: 'Mali Wong', phone: '+66 81 234 5055' };

/** An ISO whose people read Indonesian, and its admin, who reads English. */
async function garuda() {
  await inTransaction((tx) => addIso(ISO, tx));
  return await world().hires('budi', { isoId: ISO.isoId, role: 'ADMIN' });
}

/** Mali asked on the association page, which was read in this language; was approved, and is in the organisation now. */
async function comesFromPage(language: string) {
  const admin = await garuda();
  await world().finds({ type: 'join.asked', facts: { isoEmail: ISO.email, ...MALI, language } }, 'join');
  await admin.taps({ action: 'association.approve' });
  world().platform.members.set('mali', { name: 'Mali', mobile: '+66-812345055' });
  await world().receive(world().event('user_add_org', ['mali']));
}

const languageOf = async (userId: string) => (await findPerson(userId))?.language;

it('whoever asked on the association page reads the first card in the language of that page', async () => {
  await comesFromPage('ko');
  expect(await languageOf('mali')).toBe('ko');
  await world()
    .person('mali')
    .sees(translator('ko')('association.welcome', { iso: ISO.name }));
});

it('what was chosen in the chat before stays, whatever the page was read in', async () => {
  await world().person('mali').says('ไทย');
  await comesFromPage('ko');
  expect(await languageOf('mali')).toBe('th');
});

it('whoever is invited and never wrote reads the first card in the language of the ISO', async () => {
  const admin = await garuda();
  world().platform.members.set('mali', { name: 'Mali', mobile: '+66-812345055' });
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await admin.taps({ action });
  await admin.fills({ ...MALI, list: '' });
  expect(await languageOf('mali')).toBe('id');
});

it('whoever asks in the chat and chose nothing has the language of the ISO', async () => {
  const admin = await garuda();
  const mali = world().person('mali');
  await mali.says('hi');
  await mali.fills({ isoEmail: ISO.email, ...MALI });
  await admin.taps({ action: 'association.approve' });
  expect(await languageOf('mali')).toBe('id');
});

it('whoever stays with the language that is there when another is offered has chosen it', async () => {
  const admin = await garuda();
  const mali = world().person('mali');
  await mali.says('ช่วยดูให้หน่อยครับ');
  await mali.taps('✓ English', { on: await mali.card(/Go on in Thai/) });
  await mali.fills({ isoEmail: ISO.email, ...MALI });
  await admin.taps({ action: 'association.approve' });
  expect(await languageOf('mali')).toBe('en');
});

it('a word that two languages have is that of the ISO', async () => {
  await garuda();
  const nok = await world().hires('nok', { isoId: ISO.isoId });
  await nok.says('kembali');
  await nok.sees('Go on in Indonesian?', 'Ganti ke bahasa Indonesia?');
});
