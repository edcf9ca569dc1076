import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { fromGrey, type GreyImage, shrunk, stretched, toGrey } from './grey-image.ts';
import { LARGEST_PICTURE_PIXELS } from './photo-limits.ts';

/** What codes are looked for in. */
export interface CodePicture {
  /** The picture upright, as it is kept. */
  readonly grey: GreyImage;
  /** The file it came from, when that has more pixels than `grey`. */
  readonly original?: Buffer | undefined;
}

export interface ReadCodesOptions {
  /** What the payload looked for is like. While no code read matches it, the slower passes go on. */
  readonly wanted?: RegExp | undefined;
}

interface Pass {
  /** The picture to read, or undefined when this pass could not see more than the ones before. */
  readonly look: (picture: CodePicture) => Promise<GreyImage | undefined>;
  readonly options?: ReaderOptions | undefined;
}

const SMALL = 1400;
const FULL = 4096;

/** From cheap to dear: small, full, enhanced. Nearly every code is read by the first. */
const PASSES: readonly Pass[] = [
  { look: ({ grey }) => shrunk(grey, SMALL) },
  { look: async ({ grey }) => (Math.max(grey.width, grey.height) > SMALL ? grey : undefined) },
  { look: async ({ original }) => (original ? atFullSize(original) : undefined) },
  { look: async ({ grey }) => stretched(await shrunk(grey, SMALL)), options: { tryDenoise: true } },
  { look: async ({ grey }) => stretched(await toGrey(fromGrey(await shrunk(grey, SMALL)).blur(1.5))) },
  { look: ({ grey }) => enlarged(grey), options: { binarizer: 'GlobalHistogram' } },
];

let ready: Promise<unknown> | undefined;

/**
 * The payloads of every QR code read in a picture, as they are, each once; empty when none is. They are data: never
 * opened, only compared. Throws when `original` cannot be decoded. Runs on the calling thread.
 */
export async function readCodes(picture: CodePicture, { wanted }: ReadCodesOptions = {}): Promise<string[]> {
  ready ??= prepareReader();
  await ready;
  const found = new Set<string>();
  for (const { look, options } of PASSES) {
    const image = await look(picture);
    if (!image) continue;
    for (const payload of await readOnce(image, options)) found.add(payload);
    if (wanted ? [...found].some((payload) => wanted.test(payload)) : found.size > 0) break;
  }
  return [...found];
}

async function readOnce(image: GreyImage, options: ReaderOptions = {}): Promise<string[]> {
  const results = await readBarcodes(greymap(image), { formats: ['QRCode'], textMode: 'Plain', ...options });
  return results.filter((result) => result.isValid && result.text !== '').map((result) => result.text);
}

function atFullSize(original: Buffer): Promise<GreyImage> {
  return toGrey(
    sharp(original, { limitInputPixels: LARGEST_PICTURE_PIXELS, failOn: 'error' }).resize({
      width: FULL,
      height: FULL,
      fit: 'inside',
      withoutEnlargement: true,
    }),
  );
}

/** A small picture at twice its size: its modules get more pixels. A larger one was read larger already. */
async function enlarged(grey: GreyImage): Promise<GreyImage | undefined> {
  if (Math.max(grey.width, grey.height) > SMALL) return undefined;
  return stretched(await toGrey(fromGrey(grey).resize({ width: grey.width * 2, kernel: 'cubic' })));
}

/** The reader's plainest input: binary PGM, a line of text before the grey levels. */
function greymap({ width, height, data }: GreyImage): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
}

/** Gives the reader its program from the package: left alone it would fetch it from the network. */
async function prepareReader(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const file = await readFile(path);
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}
