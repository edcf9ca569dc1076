import sharp from 'sharp';
import { FOREIGN_CODE, freshCode, qrPath } from './code.ts';
import { receiptScene, SCREEN_HEIGHT, SCREEN_WIDTH } from './receipt.ts';
import { closeupScene, counterScene, HEIGHT, storefrontScene, WIDTH } from './scenes.ts';
import { between, seeded } from './seeded.ts';

export const LOOKS = ['good', 'dark', 'none', 'two', 'foreign'] as const;

const LONG_SIDE = 1920;

export interface SampleOptions {
  readonly kind: 'storefront' | 'counter' | 'closeup' | 'receipt';
  readonly seed: number;
  /** What the close-up shows; a fresh code unless given. */
  readonly code?: string | undefined;
  /** What stands on the sign of the shop front. */
  readonly shop?: string | undefined;
  /** What the receipt was paid with: a payment tool's own name. */
  readonly app?: string | undefined;
  readonly look: (typeof LOOKS)[number];
  /** Pixels on the long side; 1920 unless said otherwise. */
  readonly side?: number | undefined;
}

/** A picture as staff would take it, a JPEG of 4 : 3 (a receipt: a phone's screen, upright); the same options give the same picture. */
export async function samplePicture(options: SampleOptions): Promise<Buffer> {
  const random = seeded(options.seed);
  const shapes = await scene(options, random);
  const [width, height] = options.kind === 'receipt' ? [SCREEN_WIDTH, SCREEN_HEIGHT] : [WIDTH, HEIGHT];
  const light = `<defs><radialGradient id="light" cx="${between(random, 0.3, 0.7)}" cy="0.35" r="0.9">
      <stop offset="0" stop-color="#ffffff" stop-opacity="0.16"/><stop offset="1" stop-color="#000000" stop-opacity="0.3"/>
    </radialGradient></defs><rect width="${width}" height="${height}" fill="url(#light)"/>`;
  const scale = (options.side ?? LONG_SIDE) / LONG_SIDE;
  const size = `width="${Math.round(width * scale)}" height="${Math.round(height * scale)}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">${shapes}${light}</svg>`;
  const taken = sharp(Buffer.from(svg)).composite([{ input: await grain(random), tile: true, blend: 'overlay' }]);
  if (options.look !== 'dark') return taken.jpeg({ quality: 84 }).toBuffer();
  // A close-up at night: the code can just be read, the photo is a poor one.
  return sharp(await taken.png().toBuffer())
    .linear(0.22, 4)
    .jpeg({ quality: 84 })
    .toBuffer();
}

async function scene({ kind, look, code, shop, app }: SampleOptions, random: () => number): Promise<string> {
  if (kind === 'storefront') return storefrontScene(random, shop);
  if (kind === 'counter') return counterScene(random);
  if (kind === 'receipt') return receiptScene(random, app);
  const first = code ?? freshCode(random);
  switch (look) {
    case 'none':
      return closeupScene(random, [undefined]);
    case 'two':
      return closeupScene(random, [await qrPath(first), await qrPath(freshCode(random))]);
    case 'foreign':
      return closeupScene(random, [await qrPath(FOREIGN_CODE)]);
    case 'good':
    case 'dark':
      return closeupScene(random, [await qrPath(first)]);
  }
}

/** A tile of sensor noise. */
function grain(random: () => number): Promise<Buffer> {
  const side = 256;
  const levels = Buffer.from(Array.from({ length: side * side }, () => Math.round(between(random, 104, 152))));
  return sharp(levels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}
