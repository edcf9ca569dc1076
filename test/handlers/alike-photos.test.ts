import sharp from 'sharp';
import { expect, it } from 'vitest';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { type SubmissionLine, submissionLine } from '../../src/daily/submission-line.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';

const world = useWorld();

interface Promoted {
  readonly nameLocal: string;
  readonly address: string;
  readonly front: Buffer;
  readonly code: number;
}

async function promotes(person: Person, { nameLocal, address, front, code }: Promoted): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, nameLocal, address });
  await person.sends(front);
  if (await person.has('Same shop?')) await person.taps('Same shop');
  await person.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await person.sends(await pictures.counter(70 + code), await pictures.closeup(codeOf('AA', code)));
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await person.taps({ action: 'promotion.submit' });
}

async function flaggedLines(): Promise<unknown[]> {
  const lines: SubmissionLine[] = [];
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection === 'submissions') lines.push(submissionLine.parse(row.line));
  }
  return lines.flatMap(({ itemType, staffRef, photos }) =>
    photos.flatMap(({ role, flags }) => (flags === undefined ? [] : [[itemType, staffRef, role, flags]])),
  );
}

it("a copy of a colleague's photo is taken like any other, and said to admins and reviewers alone", async () => {
  const admin = world().person('admin1');
  const nok = await world().hires('nok');
  const lek = await world().hires('lek');
  const front = await pictures.storefront(77);
  await promotes(nok, { nameLocal: 'Nine Mart', address: '9 Sukhumvit Road', front, code: 1 });
  const copy = await sharp(front).resize(1_200).modulate({ brightness: 1.08 }).jpeg({ quality: 60 }).toBuffer();
  await promotes(lek, { nameLocal: 'Ten Cafe', address: '10 Rama IV Road', front: copy, code: 2 });

  expect(await flaggedLines()).toEqual([['STORE', 'lek', 'storefront', ['LIKE_ANOTHER']]]);
  expect(await lek.chat()).not.toMatch(/Nine Mart|looks like|alike/i);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.photos']) await admin.taps({ action });
  await admin.sees('To look at (1)', 'Ten Cafe', 'Looks like a photo of Nine Mart', 'Lek');
});

it('a photo that looks like an earlier one of its own shop is no matter', async () => {
  const nok = await world().hires('nok');
  const front = await pictures.storefront(77);
  await promotes(nok, { nameLocal: 'Nine Mart', address: '9 Sukhumvit Road', front, code: 1 });
  const again = await sharp(front).resize(1_200).jpeg({ quality: 60 }).toBuffer();
  await promotes(nok, { nameLocal: 'Nine Mart', address: '9 Sukhumvit Road', front: again, code: 3 });
  expect(await flaggedLines()).toEqual([]);
});
