import { expect, it } from 'vitest';
import { rowsWithContacts } from '../../models/personal-rows.ts';
import { type SubmissionLine, submissionLine } from '../../src/daily/submission-line.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';

const world = useWorld();
type Worker = Awaited<ReturnType<ReturnType<typeof world>['hires']>>;

async function readyToSubmit(
  staff: Worker,
  shop: string,
  closeup: Buffer,
  { isFixed, isWeak }: { isFixed: boolean; isWeak: boolean },
): Promise<void> {
  await staff.says('menu');
  await staff.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await staff.taps({ action: 'promotion.start' });
  await staff.fills({ ...SHOP, nameLocal: shop });
  await staff.sends(await pictures.storefront(shop.length));
  await staff.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: isFixed, howMany: '1' });
  await staff.sends(await pictures.counter(shop.length), closeup);
  if (isWeak) await staff.taps({ action: 'promotion.keepPhoto' });
  await staff.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
}

async function doubtsIn(shop: string): Promise<readonly (readonly [string, unknown])[]> {
  const lines: SubmissionLine[] = [];
  for await (const { collection, row } of rowsWithContacts()) {
    if (collection === 'submissions') lines.push(submissionLine.parse(row.line));
  }
  const store = lines.find(({ values }) => values.nameLocal === shop);
  const of = lines.filter((line) => 'storeRef' in line && line.storeRef === store?.itemRef);
  return of.map(({ itemType, doubts }) => [itemType, doubts] as const);
}

it('a code that nobody knows is submitted without a question, and said to reviewers and admins alone', async () => {
  const admin = world().person('admin1');
  const nok = await world().hires('nok');
  await readyToSubmit(nok, 'Baan Unknown', await pictures.closeup('https://codes.example/x/AB12CD34'), {
    isFixed: true,
    isWeak: false,
  });
  await nok.sees('Everything is there. Submit it.');
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees('Baan Unknown', 'Submitted');
  expect(await doubtsIn('Baan Unknown')).toEqual([
    ['STORE', undefined],
    ['SPOT', undefined],
    ['POSM', ['codeUnknown']],
  ]);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.photos']) await admin.taps({ action });
  await admin.sees('To look at (1)', 'Baan Unknown', 'new kind, not decided yet', 'Nok');
});

it('what can be put right is asked about once, whatever there is of it, and handed over when it is submitted all the same', async () => {
  const lek = await world().hires('lek');
  const weak = await pictures.closeup(codeOf('BB', 0), { dark: true });
  await readyToSubmit(lek, 'Baan Doubts', weak, { isFixed: false, isWeak: true });
  await lek.taps({ action: 'promotion.submit' });
  await lek.sees('Submit with 1 doubt?', 'not stuck on firmly');
  await lek.taps({ action: 'promotion.submitAnyway' });
  await lek.sees('Baan Doubts', 'Submitted');
  const [store, spot, posm] = await doubtsIn('Baan Doubts');
  expect([store, spot]).toEqual([
    ['STORE', undefined],
    ['SPOT', ['notFixed']],
  ]);
  expect(posm).toEqual(['POSM', ['photoDark']]);
});

it('a photo that was kept with Keep is not asked about again at Submit, and is handed over as what it is', async () => {
  const lek = await world().hires('lek');
  const weak = await pictures.closeup(codeOf('CC', 0), { dark: true });
  await readyToSubmit(lek, 'Baan Kept', weak, { isFixed: true, isWeak: true });
  await lek.sees('Check and submit', '3 of 4 parts are good');
  await lek.taps({ action: 'promotion.submit' });
  await lek.sees('Baan Kept', 'Submitted');
  expect((await doubtsIn('Baan Kept')).at(-1)).toEqual(['POSM', ['photoDark']]);
});
