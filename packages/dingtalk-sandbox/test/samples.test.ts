import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readCodes } from '../../../src/media/read-codes.ts';
import { type SampleOptions, samplePicture } from '../src/samples/sample.ts';
import { aSandbox } from './support/sandbox.ts';

const CODE = 'https://qr.alipayplus.example/m/ABCDEFGH2345';
const PATTERN = /^https:\/\/qr\.alipayplus\.example\/m\/[A-Z2-9]{12}$/;

async function codesIn(jpeg: Buffer): Promise<string[]> {
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  return readCodes({ grey: { width: info.width, height: info.height, data } });
}

const closeup = (options: Partial<SampleOptions>) =>
  samplePicture({ kind: 'closeup', look: 'good', seed: 1, ...options });

test('a close-up carries the code it was asked for, at an angle', async () => {
  for (const seed of [1, 2, 3]) expect(await codesIn(await closeup({ seed, code: CODE }))).toEqual([CODE]);
});

test('each look of the close-up is what it says', async () => {
  expect(await codesIn(await closeup({ look: 'none' }))).toEqual([]);
  expect(await codesIn(await closeup({ look: 'foreign' }))).toEqual([
    '00020101021126330015com.merchant.qr0110MERCHANT425802TH6304A13F',
  ]);
  const two = await codesIn(await closeup({ look: 'two', code: CODE }));
  expect(two).toHaveLength(2);
  expect(two).toContain(CODE);
  const { channels } = await sharp(await closeup({ look: 'dark' })).stats();
  expect(channels[0]?.mean).toBeLessThan(55);
});

test('shop front and counter show no code', async () => {
  expect(await codesIn(await samplePicture({ kind: 'storefront', look: 'good', seed: 4 }))).toEqual([]);
  expect(await codesIn(await samplePicture({ kind: 'counter', look: 'good', seed: 4 }))).toEqual([]);
});

test('the same seed is the same picture; without one each is another', async () => {
  const sandbox = await aSandbox();
  const fetched = async (query: string) => {
    const answer = await fetch(`${sandbox.url}/sandbox/api/samples/closeup.jpg${query}`);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    return Buffer.from(await answer.arrayBuffer());
  };
  expect((await fetched('?seed=5')).equals(await fetched('?seed=5'))).toBe(true);
  const fresh = [await fetched(''), await fetched('')];
  const [one, other] = await Promise.all(fresh.map(codesIn));
  expect(one?.[0]).toMatch(PATTERN);
  expect(other?.[0]).toMatch(PATTERN);
  expect(one).not.toEqual(other);
  const { width = 0, height = 0 } = await sharp(fresh[0]).metadata();
  expect(Math.max(width, height)).toBeGreaterThanOrEqual(1600);
  expect((await sandbox.control('GET', '/samples/nothing.jpg')).status).toBe(404);
  expect((await sandbox.control('GET', '/samples/closeup.jpg?look=odd')).status).toBe(400);
});

test('a receipt is a screen, upright, and never twice the same', async () => {
  const receipts = await Promise.all([1, 2].map((seed) => samplePicture({ kind: 'receipt', look: 'good', seed })));
  const { width = 0, height = 0 } = await sharp(receipts[0]).metadata();
  expect(height).toBeGreaterThan(width);
  expect(receipts[0]?.equals(receipts[1] ?? Buffer.alloc(0))).toBe(false);
});
