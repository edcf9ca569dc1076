import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { createPhotoProcess } from '../src/media/photo-process.ts';
import { pictures } from '../test/support/pictures.ts';
import type { Extent } from './extent.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';

const CODE = 'https://qr.alipayplus.example/m/BENCHCODE234';

/** How long judging a photo of a 12-megapixel phone takes, and how many close-ups of a hard set are read. */
export async function photoRows({ times, ofEach, oneOf }: Extent['photos']): Promise<Row[]> {
  const checker = createPhotoProcess();
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
  try {
    return [
      await checkTime((bytes) => checker.check(bytes), times),
      ...(await withoutCode((bytes) => checker.check(bytes), { times, ofEach })),
      await readRate(async (bytes) => await checker.check(bytes), oneOf),
    ];
  } finally {
    await checker.close();
  }
}

type Check = (bytes: Buffer) => Promise<{ kept: boolean; codes?: readonly string[] }>;

/** A picture as a phone with 12 megapixels takes it, grain and all. */
async function twelveMegapixels(picture: Buffer): Promise<Buffer> {
  const [width, height] = [4032, 3024];
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  const grain = sharp({ create: { width, height, channels: 3, background: '#888', noise } });
  const large = await sharp(picture).resize(width, height).toBuffer();
  const input = await grain.png({ compressionLevel: 1 }).toBuffer();
  return await sharp(large)
    .composite([{ input, blend: 'overlay' }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** What a photo without a code costs beside one with it, of two sizes: most pictures have none, and go through nearly all passes. */
async function withoutCode(check: Check, { times, ofEach }: Omit<Extent['photos'], 'oneOf'>): Promise<Row[]> {
  const withOne = [await pictures.closeup(CODE), await pictures.counter(3, { code: CODE })].slice(0, ofEach);
  const withNone = [await pictures.storefront(2), await pictures.counter(2), await pictures.display(2)].slice(
    0,
    ofEach,
  );
  return [
    await besides(check, times, { name: 'photo.withoutCode2mpMs', withOne, withNone }),
    await besides(check, times, {
      name: 'photo.withoutCodeMs',
      withOne: await Promise.all(withOne.map(twelveMegapixels)),
      withNone: await Promise.all(withNone.map(twelveMegapixels)),
    }),
  ];
}

interface Besides {
  readonly name: string;
  readonly withOne: readonly Buffer[];
  readonly withNone: readonly Buffer[];
}

async function besides(check: Check, times: number, { name, withOne, withNone }: Besides): Promise<Row> {
  const taken = { withOne: [] as number[], withNone: [] as number[] };
  const photos = [
    ...withOne.map((photo) => ({ to: taken.withOne, photo })),
    ...withNone.map((photo) => ({ to: taken.withNone, photo })),
  ];
  for (let time = 0; time < times; time += 1) {
    for (const { to, photo } of photos) {
      const begun = performance.now();
      await check(photo);
      to.push(performance.now() - begun);
    }
  }
  const floor = quantile(taken.withOne, 0.5);
  return {
    name,
    value: quantile(taken.withNone, 0.5),
    unit: 'ms',
    floor,
    floorIs: 'photos with a code',
    goal: { atMost: 1.3 * floor },
    bound: 'the passes over the picture',
  };
}

async function checkTime(check: Check, times: number): Promise<Row> {
  const photo = await sharp(await pictures.closeup(CODE))
    .resize(4032, 3024)
    .jpeg()
    .toBuffer();
  const decode = (bytes: Buffer) => sharp(bytes).resize({ width: 2560 }).jpeg({ quality: 84 }).toBuffer();
  return {
    name: 'photo.check12mpMs',
    value: await medianMs(() => check(photo), times),
    unit: 'ms',
    floor: await medianMs(() => decode(photo), times),
    floorIs: 'decode, shrink, encode alone',
  };
}

/** Angles, tilts, sizes, darkness, shake: what a hurried hand makes. The floor reads each picture once, as it came. */
async function readRate(check: Check, oneOf: number): Promise<Row> {
  const lights = [{}, { dark: true }, { blur: 3 }, { quality: 25 }];
  const hard = [0, 17, 45]
    .flatMap((angle) =>
      [0, 35].flatMap((tilt) =>
        [0.5, 0.2].flatMap((scale) => lights.map((light) => ({ angle, tilt, scale, ...light }))),
      ),
    )
    .filter((_, index) => index % oneOf === 0);
  let read = 0;
  let plainly = 0;
  for (const options of hard) {
    const picture = await pictures.closeup(CODE, options);
    const verdict = await check(picture);
    if (verdict.codes?.includes(CODE)) read += 1;
    const [found] = await readBarcodes(picture, { formats: ['QRCode'] });
    if (found?.text === CODE) plainly += 1;
  }
  return {
    name: 'qr.readRate',
    value: read / hard.length,
    unit: `of ${hard.length} close-ups`,
    floor: plainly / hard.length,
    floorIs: 'one pass of the reader',
  };
}

async function medianMs(work: () => Promise<unknown>, times: number): Promise<number> {
  await work();
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return quantile(taken, 0.5);
}
