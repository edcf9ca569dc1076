import sharp from 'sharp';
import { expect, it } from 'vitest';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { type SubmissionLine, submissionLine } from '../../src/daily/submission-line.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { DAY_MS } from '../support/shop-under-review.ts';

const world = useWorld();

/** A picture whose camera says that it was taken so many days before now. */
async function takenBefore(days: number, picture: Buffer): Promise<Buffer> {
  const at = new Date(world().clock.now() - days * DAY_MS).toISOString();
  const written = at.slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return await sharp(picture)
    .withExif({ IFD2: { DateTimeOriginal: written, OffsetTimeOriginal: '+00:00' } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

it('a photo that was taken a month ago is taken like any other, and said to admins and reviewers alone', async () => {
  const admin = world().person('admin1');
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills(SHOP);
  await nok.sends(await takenBefore(30, await pictures.storefront(77)));
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await nok.sends(await takenBefore(2, await pictures.counter(77)), await pictures.closeup(codeOf('AA', 0)));
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.taps({ action: 'promotion.submit' });

  const lines: SubmissionLine[] = [];
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection === 'submissions') lines.push(submissionLine.parse(row.line));
  }
  const flags = lines.flatMap(({ itemType, photos }) => photos.map(({ role, flags: said }) => [itemType, role, said]));
  expect(flags).toEqual(
    expect.arrayContaining([
      ['STORE', 'storefront', ['TAKEN_LONG_BEFORE']],
      ['SPOT', 'context', undefined],
    ]),
  );
  expect(flags.filter(([, , said]) => said !== undefined)).toHaveLength(1);
  expect(await nok.chat()).not.toMatch(/Taken long|days? old/);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.photos']) await admin.taps({ action });
  await admin.sees('To look at (1)', 'Taken long before it was sent', 'Nok');
});
