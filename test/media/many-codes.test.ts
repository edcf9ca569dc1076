import { expect, test } from 'vitest';
import { checkPhoto } from '../../src/media/check-photo.ts';
import { readCodes } from '../../src/media/read-codes.ts';
import { type SheetOptions, sheetOfCodes } from '../support/sheet-of-codes.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUV';
const WANTED = [{ qr: '^https://qr\\.alipayplus\\.example/m/(?<serial>[A-Z2-9]{12})/?$', ignoreCase: false }];

const payload = (n: number) =>
  `https://qr.alipayplus.example/m/SHEETCDEFG${LETTERS[Math.floor(n / 20)]}${LETTERS[n % 20]}`;

async function readIn(count: number, options: SheetOptions): Promise<readonly string[]> {
  const codes = Array.from({ length: count }, (_, n) => payload(n));
  const verdict = await checkPhoto(await sheetOfCodes(codes, options), {
    readCodes: (picture) => readCodes(picture, { wanted: WANTED }),
  });
  if (!verdict.kept) throw new Error(verdict.reason);
  return verdict.codes;
}

const codesOf = (count: number) => Array.from({ length: count }, (_, n) => payload(n)).toSorted();

// what the card promises is twenty (`allot.photosHow`)
test.each([
  ['twenty-four as a chat sends them', 24, { width: 1440, height: 1920 }],
  ['twenty-four in a small picture', 24, { width: 1080, height: 1440 }],
  ['twenty-four as a 12-megapixel phone takes them, out of focus', 24, { width: 3024, height: 4032, blur: 3 }],
  ['forty', 40, { columns: 5 }],
])('of %s in one picture every code is read, and none wrong', async (_, count, options) => {
  expect((await readIn(count, options)).toSorted()).toEqual(codesOf(count));
});

test('of a picture that shows too little nothing is read wrong', async () => {
  const read = await readIn(24, { width: 640, height: 853, blur: 2, quality: 50 });
  expect(codesOf(24)).toEqual(expect.arrayContaining([...read]));
});
