import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { pictures } from '../pictures.ts';
import { qrPattern } from '../qr-pattern.ts';
import type { Scene } from './ledger.ts';

const WIDTH = 800;
const HEIGHT = 600;
const MARK_PX = 24;
const MARKS = 16;
const CODE_PX = 340;
/** Letters of a serial; neither 0 nor 1 is among them. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789';

const SCENES: Readonly<Record<Scene, () => Promise<Buffer>>> = {
  storefront: () => pictures.storefront(1),
  counter: () => pictures.counter(1),
  closeup: () => pictures.display(2),
  display: () => pictures.display(1),
};
const scenes = new Map<Scene, Promise<Buffer>>();

export interface Photograph {
  readonly bytes: Buffer;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  /** What stands in the code that it shows. */
  readonly code?: string | undefined;
}

/** Takes photos no two of which are alike: each has its number in it as coloured squares, a close-up a code of its own. */
export class Photographer {
  readonly #series: number;
  #taken = 0;

  /** Photographers of different series never take the same photo. */
  constructor(series: number) {
    this.#series = series;
  }

  async takes(scene: Scene, isDark: boolean): Promise<Photograph> {
    this.#taken += 1;
    const number = this.#series * 100_000 + this.#taken;
    const overlays = [{ input: await marksOf(number), left: 10, top: 10 }];
    const code = scene === 'closeup' ? codeOf(number) : undefined;
    if (code !== undefined) overlays.push({ input: await drawnCode(code), left: 230, top: 150 });
    const photo = sharp(await sceneOf(scene)).composite(overlays);
    const bytes = await (isDark ? darkened(await photo.jpeg({ quality: 90 }).toBuffer()) : photo)
      .jpeg({ quality: 80 })
      .toBuffer();
    return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), code };
  }
}

function darkened(photo: Buffer) {
  return sharp(photo).linear(0.15, 2);
}

function sceneOf(scene: Scene): Promise<Buffer> {
  const known = scenes.get(scene) ?? SCENES[scene]().then((picture) => sharp(picture).resize(WIDTH, HEIGHT).toBuffer());
  scenes.set(scene, known);
  return known;
}

/** Sixteen squares, each of one of eight colours: three bits of the number. */
async function marksOf(number: number): Promise<Buffer> {
  const width = MARK_PX * MARKS;
  const data = Buffer.alloc(width * MARK_PX * 3);
  for (let y = 0; y < MARK_PX; y += 1)
    for (let x = 0; x < width; x += 1) {
      const bits = Math.floor(number / 8 ** Math.floor(x / MARK_PX)) % 8;
      for (const channel of [0, 1, 2]) data[(y * width + x) * 3 + channel] = (bits >> channel) & 1 ? 230 : 25;
    }
  return await sharp(data, { raw: { width, height: MARK_PX, channels: 3 } })
    .png()
    .toBuffer();
}

function codeOf(number: number): string {
  const letters = Array.from({ length: 8 }, (_, place) => {
    return LETTERS[Math.floor(number / LETTERS.length ** place) % LETTERS.length];
  });
  return `https://qr.alipayplus.example/m/CHAS${letters.join('')}`;
}

async function drawnCode(code: string): Promise<Buffer> {
  const { data, width, height } = await qrPattern(code);
  return await sharp(Buffer.from(data), { raw: { width, height, channels: 1 } })
    .resize(CODE_PX, CODE_PX, { kernel: 'nearest' })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}
