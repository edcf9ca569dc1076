import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { typed } from './typed.ts';

/** Read by the folder alone. */
const noStore = { onStore: () => Promise.reject(new Error('the store was opened')) };

const folder = mkdtempSync(join(tmpdir(), 'read-code-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KNOWN = 'https://qr.alipayplus.example/m/AB23CD45EF67';
const UNKNOWN = 'https://codes.example/x/AB12CD34';

beforeAll(async () => {
  writeFileSync(at('known.jpg'), await pictures.closeup(KNOWN));
  writeFileSync(at('unknown.jpg'), await pictures.closeup(UNKNOWN));
  writeFileSync(at('another.jpg'), await pictures.closeup('https://codes.example/x/EF56GH78'));
  writeFileSync(at('payment.jpg'), await pictures.foreignCode());
  writeFileSync(at('front.jpg'), await pictures.storefront());
  writeFileSync(at('letter.jpg'), 'no picture at all');
});

async function read(line: string) {
  return await typed(`programme read-code ${line}`, noStore);
}

it('tells of a known code its pattern, its serial, and for which product it counts', async () => {
  const { exit, out } = await read(at('known.jpg'));
  expect(exit).toBe(0);
  expect(out).toContain(JSON.stringify(KNOWN));
  expect(out).toContain('pattern marketing-code, serial AB23CD45EF67');
  expect(out).toContain('MARKETING_CODE: it counts');
  expect(out).not.toContain('codes.patterns');
});

it('of a code that nobody knows it tells the kind and one pattern for all of that kind, which reads them', async () => {
  const { out } = await read(`${at('unknown.jpg')} ${at('another.jpg')} --json`);
  const { photos } = JSON.parse(out);
  expect(photos.map(({ codes }: { codes: { shape: string }[] }) => codes[0]?.shape)).toEqual([
    'https://codes.example/x/{A-Z0-9:8}',
    'https://codes.example/x/{A-Z0-9:8}',
  ]);
  const said = (await read(`${at('unknown.jpg')} ${at('another.jpg')}`)).out;
  expect(said).toContain('MARKETING_CODE: nobody knows it');
  const [line, ...more] = said.split('\n').filter((one) => one.startsWith('    - '));
  expect(more).toEqual([]);
  expect(UNKNOWN).toMatch(new RegExp(JSON.parse(line?.slice(6) ?? '').qr));
});

it('says what a code is that is known to be something else, and of a photo without a code that there is none', async () => {
  const { out } = await read(`${at('payment.jpg')} ${at('front.jpg')}`);
  expect(out).toContain('MARKETING_CODE: a payment code, which does not count');
  expect(out).toContain('front.jpg: no QR code can be read.');
  expect(out).not.toContain('codes.patterns');
});

it('names every file that is no photo, and one that is not there', async () => {
  const { exit, out, err } = await read(`${at('letter.jpg')} ${at('known.jpg')} ${at('nowhere.jpg')}`);
  expect([exit, out]).toEqual([1, '']);
  expect(err).toContain('letter.jpg is no picture: name a photo');
  expect(err).toContain('nowhere.jpg cannot be read:');
  expect(err).not.toContain('known.jpg');
  expect((await read('')).err).toContain('<photo> is missing: a photo of a code, or several.');
});
