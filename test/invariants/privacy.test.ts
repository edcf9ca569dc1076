import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { openTasks, taskLands } from '../support/conversations/inspection.ts';
import { visitorOf } from '../support/conversations/join-page.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

/** Everything personal that is typed below. Each is rare enough that no other file holds it by chance. */
const TYPED = {
  staff: 'Wirachai Phongphaew',
  staffPhone: '+66 86 417 5093',
  manager: 'Thanyarat Kulsomboon',
  contact: 'Busaba Yodpradit',
  phone: '+66 92 538 1647',
  email: 'busaba.yodpradit@shop.example',
  registration: '0105598713264',
  rejected: 'Chatchai Misspelt',
  rejectedPhone: '+66 9911 1877 4520 366',
  secondShopPhone: '+66 64 209 8835',
  inspectionNote: 'Gatekeeper Narongsak sent me away',
  invited: 'Kamolwan Srisawat',
  invitedPhone: '+66 83 920 4417',
  guest: 'Pornthip Wattanakul',
  guestPhone: '+66 95 731 0682',
  misread: 'Lalita Unreadable 081 99',
} as const;

const { world, nok, ploy } = sharedWorld({ env: { LOG_LEVEL: 'trace' } });
beforeAll(async () => {
  await nok.says('hi');
  // refused, and kept with the form until it is right
  await nok.fills({ isoEmail: 'demo@iso.example', name: TYPED.rejected, phone: TYPED.rejectedPhone });
  await nok.fills({ isoEmail: 'demo@iso.example', name: TYPED.staff, phone: TYPED.staffPhone });
  await ploy.sees(TYPED.staff);
  await ploy.taps({ action: 'association.approve' });

  // one is invited, one line comes back, and one asks on the public page
  await ploy.says('menu');
  await ploy.taps({ action: 'team.open' });
  await ploy.taps({ action: 'team.more' });
  await ploy.taps({ action: 'team.invite' });
  await ploy.fills({ list: `${TYPED.invited} ${TYPED.invitedPhone}\n${TYPED.misread}` });
  const asked = { isoEmail: 'demo@iso.example', name: TYPED.guest, phone: TYPED.guestPhone };
  await visitorOf(world.botUrl).sends('/join/general', asked);
  await ploy.sees(TYPED.guest);
  await ploy.taps({ action: 'team.people' });
  await ploy.taps({ action: 'team.open' });

  await nok.says('menu');
  await nok.taps({ action: 'menu.product' });
  await nok.taps({ action: 'promotion.start' });
  const shop = { address: 'Silom Rd 12', city: 'Bangkok', paysWith: 'ALIPAY_AND_OTHERS', consent: true };
  await nok.fills({ ...shop, nameLocal: 'Baan Coffee', managerName: TYPED.manager });
  await nok.sends(await pictures.storefront(1));
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true });
  await nok.sends(await pictures.counter(1), await pictures.closeup(codeOf('PR', 0)));
  const { contact: contactName, registration: registrationNo } = TYPED;
  await nok.fills({ contactName, registrationNo, contactPhoneOrEmail: TYPED.email });
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Submitted');

  // a second one that stays open
  await nok.says('menu');
  await nok.taps({ action: 'menu.product' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...shop, nameLocal: 'Ran Nom', address: 'Sathorn 9', managerName: TYPED.manager });
  await nok.sends(await pictures.storefront(2));
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true });
  await nok.sends(await pictures.counter(2), await pictures.closeup(codeOf('PR', 1), { seed: 2 }));
  await nok.fills({ contactName, registrationNo, contactPhoneOrEmail: TYPED.phone });
  await nok.says(`please call ${TYPED.contact} on ${TYPED.secondShopPhone}`);

  // an inspection, of which the admins are told
  await taskLands(world, { sourceKey: 'private', assignee: 'staff1' });
  await openTasks(nok);
  await nok.taps({ action: 'inspection.open' });
  await nok.taps('Cannot inspect');
  await nok.fills({ Why: 'Not let in', Note: TYPED.inspectionNote });
  await nok.sends(await pictures.storefront(3));
  await nok.taps('Submit');
  await ploy.sees('Found at', TYPED.inspectionNote);
});

/** What a value may look like in a file. */
function formsOf(typed: string): Buffer[] {
  const digits = typed.replaceAll(/\D/g, '');
  const national = digits.replace(/^66/, '');
  const isPhone = typed.startsWith('+');
  const forms = isPhone
    ? [typed, digits, national, `0${national}`]
    : [typed, typed.toLowerCase(), JSON.stringify(typed).slice(1, -1)];
  return [...new Set(forms)].flatMap((form) => [
    Buffer.from(form),
    Buffer.from(form, 'utf16le'),
    ...[0, 1, 2].map((shift) => base64Core(form, shift)),
  ]);
}

/** The part of a text's base64 that does not depend on what stands around it. */
function base64Core(text: string, shift: number): Buffer {
  const encoded = Buffer.from(' '.repeat(shift) + text)
    .toString('base64')
    .replaceAll('=', '');
  return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -2));
}

/** Every file of the bot: not the sandbox's, which is DingTalk, and not what is handed over. */
function filesOfTheBot(): string[] {
  return readdirSync(world.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/^(sandbox|outgoing)/.test(relative(world.dataDir, path)));
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function found(files: readonly string[]): string[] {
  return files.flatMap((path) => {
    const bytes = readFileSync(path);
    return Object.entries(TYPED)
      .filter(([, typed]) => formsOf(typed).some((form) => bytes.includes(form)))
      .map(([what]) => `${what} in ${relative(world.dataDir, path)}`);
  });
}

it('nothing personal that was typed stands readable in any file of the bot, its store and its log', () => {
  const files = filesOfTheBot();
  const names = files.map((path) => relative(world.dataDir, path));
  expect(names).toContain('bot.log');
  expect(names.some((name) => name.endsWith('.db') || name.endsWith('.sqlite'))).toBe(true);
  expect(names.filter((name) => name.startsWith('photos/')).length).toBeGreaterThanOrEqual(6);
  expect(found(files)).toEqual([]);
});

it('nor after the bot was killed and started again', async () => {
  await world.restartBot();
  await nok.says('menu');
  expect(found(filesOfTheBot())).toEqual([]);
});

it('the search finds what is there: DingTalk itself and the files for the reviewers hold it', () => {
  const everywhere = readdirSync(world.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^(sandbox|outgoing)/.test(relative(world.dataDir, path)));
  const seen = new Set(found(everywhere).map((line) => line.split(' in ')[0]));
  expect([...seen]).toEqual(
    expect.arrayContaining(['manager', 'contact', 'email', 'registration', 'secondShopPhone', 'inspectionNote']),
  );
});

it('reviewers are given the work and nobody who did it, as Join says: no name and no number of whoever joined or was invited', () => {
  const outgoing = readdirSync(join(world.dataDir, 'outgoing'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const seen = new Set(found(outgoing).map((line) => line.split(' in ')[0]));
  expect([...seen].toSorted()).toEqual(['contact', 'email', 'inspectionNote', 'manager', 'registration']);
});

it('what the bot writes can be read by its owner only', () => {
  for (const path of filesOfTheBot())
    expect([relative(world.dataDir, path), modeOf(path)]).toEqual([expect.any(String), '600']);
});

it('what is handed over can be read by its owner only', () => {
  const outgoing = join(world.dataDir, 'outgoing');
  expect(modeOf(outgoing)).toBe('700');
  const entries = readdirSync(outgoing, { recursive: true, withFileTypes: true });
  for (const entry of entries) expect(modeOf(join(entry.parentPath, entry.name))).toBe(entry.isFile() ? '600' : '700');
  expect(entries.filter((entry) => entry.isFile()).length).toBeGreaterThanOrEqual(4);
});
