import sharp from 'sharp';
import { createPhotoChecker } from '../src/media/photo-checker.ts';
import { pictures } from '../test/support/pictures.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';

const TIMES = 9;
const CODE = 'https://qr.alipayplus.example/m/BENCHCODE234';

/** How long judging a photo of a 12-megapixel phone takes, and how many close-ups of a hard set are read. */
export async function photoRows(): Promise<Row[]> {
  const checker = createPhotoChecker();
  try {
    return [
      await checkTime((bytes) => checker.check(bytes)),
      await readRate(async (bytes) => await checker.check(bytes)),
    ];
  } finally {
    await checker.close();
  }
}

type Check = (bytes: Buffer) => Promise<{ kept: boolean; codes?: readonly string[] }>;

async function checkTime(check: Check): Promise<Row> {
  const photo = await sharp(await pictures.closeup(CODE))
    .resize(4032, 3024)
    .jpeg()
    .toBuffer();
  const decode = (bytes: Buffer) => sharp(bytes).resize({ width: 2560 }).jpeg({ quality: 84 }).toBuffer();
  return {
    name: 'photo.check12mpMs',
    value: await medianMs(() => check(photo)),
    unit: 'ms',
    floor: await medianMs(() => decode(photo)),
    floorIs: 'decode, shrink, encode alone',
  };
}

/** Angles, tilts, sizes, darkness, shake: every combination a hurried hand makes. */
async function readRate(check: Check): Promise<Row> {
  const hard = [0, 17, 45, 90].flatMap((angle) =>
    [0, 25, 45].flatMap((tilt) =>
      [0.6, 0.3, 0.15].flatMap((scale) =>
        [{}, { dark: true }, { blur: 3 }, { quality: 25 }].map((light) => ({ angle, tilt, scale, ...light })),
      ),
    ),
  );
  let read = 0;
  for (const options of hard) {
    const verdict = await check(await pictures.closeup(CODE, options));
    if (verdict.codes?.includes(CODE)) read += 1;
  }
  return { name: 'qr.readRate', value: read / hard.length, unit: `of ${hard.length} close-ups` };
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return quantile(times, 0.5);
}
