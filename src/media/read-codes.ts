import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { type Position, prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { flatDrawings } from './flat-code.ts';
import { fromGrey, type GreyImage, halved, shrunk, stretched, toGrey } from './grey-image.ts';
import { LARGEST_PICTURE_PIXELS } from './photo-limits.ts';
import { type WantedCode, wantedBy } from './wanted-codes.ts';

/** What codes are looked for in. */
export interface CodePicture {
  /** The picture upright, as it is kept. */
  readonly grey: GreyImage;
  /** What `smallOf` makes of it, where it is made already. */
  readonly small?: GreyImage | undefined;
  /** The file it came from, when that has more pixels than `grey`. */
  readonly original?: Buffer | undefined;
}

export interface ReadCodesOptions {
  /** What the codes looked for are like. While none that is read is like one of them, the slower passes go on. */
  readonly wanted?: readonly WantedCode[] | undefined;
}

/** What one reading of a picture came to. */
interface Reading {
  /** Payloads of the codes that were read. */
  readonly read: readonly string[];
  /** Codes that are there and fail their own check: too small, too blurred, or not flat. */
  readonly located: readonly LocatedCode[];
}

interface LocatedCode {
  readonly position: Position;
  readonly version: number;
}

/** What the passes look at: each is made once, when it is first asked for. */
interface Looks {
  readonly picture: CodePicture;
  readonly small: () => Promise<GreyImage>;
}

interface Pass {
  /** The picture to read, or undefined when this pass could not see more than the ones before. */
  readonly look: (looks: Looks) => Promise<GreyImage | undefined>;
  readonly options?: ReaderOptions | undefined;
  /** It is dear, and shows only more of a code that the passes before it have located. */
  readonly onlyOfLocated?: true;
}

const SMALL = 1400;
/** A picture that is so little longer is not shrunk: that would take as long as a look at it, and show less. */
const HARDLY_MORE = 1.2;
const FULL = 4096;
/** Of what looks like a code and cannot be read, so many are bent flat in one picture. */
const MOST_FLATTENED = 4;

/** From cheap to dear: small, full, enhanced. Nearly every code is read by the first; most pictures have none, and go through all that shows more than what was located. */
const PASSES: readonly Pass[] = [
  { look: ({ small }) => small() },
  {
    look: async ({ picture: { grey } }) => (isLarge(grey) ? grey : undefined),
    options: { tryDownscale: false },
  },
  {
    look: async ({ picture: { original } }) => (original ? atFullSize(original) : undefined),
    onlyOfLocated: true,
  },
  // grain that hides a code is gone at half the size
  { look: async ({ small }) => stretched(halved(await small())), options: { tryDenoise: true, tryInvert: true } },
  { look: async ({ small }) => stretched(await small()), options: { tryDenoise: true }, onlyOfLocated: true },
  { look: ({ picture: { grey } }) => enlarged(grey), options: { binarizer: 'GlobalHistogram' } },
];

let ready: Promise<unknown> | undefined;

/**
 * The payloads of every QR code read in a picture, as they are, each once; empty when none is. They are data: never
 * opened, only compared. Throws when `original` cannot be decoded. Runs on the calling thread.
 */
export async function readCodes(picture: CodePicture, { wanted = [] }: ReadCodesOptions = {}): Promise<string[]> {
  ready ??= prepareReader();
  await ready;
  const isWanted = wantedBy(wanted);
  const found = new Set<string>();
  const looks = looksAt(picture);
  const isEnough = (): boolean => [...found].some(isWanted);
  let isLocated = false;
  let flattened = 0;
  for (const { look, options, onlyOfLocated } of PASSES) {
    if (onlyOfLocated && !isLocated) continue;
    const image = await look(looks);
    if (!image) continue;
    const { read, located } = await readOnce(image, options);
    for (const payload of read) found.add(payload);
    if (isEnough()) break;
    isLocated ||= located.length > 0;
    for (const code of located.slice(0, MOST_FLATTENED - flattened)) {
      flattened += 1;
      for (const payload of await readFlat(image, code)) found.add(payload);
    }
    if (isEnough()) break;
  }
  return [...found];
}

async function readOnce(image: GreyImage, options: ReaderOptions = {}): Promise<Reading> {
  const results = await withGreymap(image, (greymap) =>
    readBarcodes(greymap, {
      formats: ['QRCodeModel2'],
      textMode: 'Plain',
      tryInvert: false,
      // its patterns are found however it is turned
      tryRotate: false,
      returnErrors: true,
      ...options,
    }),
  );
  return {
    read: results.filter((result) => result.isValid && result.text !== '').map((result) => result.text),
    located: results.flatMap(({ isValid, position, version, isMirrored, isInverted }) =>
      isValid || isMirrored || isInverted || !(Number(version) >= 1) ? [] : [{ position, version: Number(version) }],
    ),
  };
}

async function readFlat(image: GreyImage, { position, version }: LocatedCode): Promise<readonly string[]> {
  for (const flat of flatDrawings(image, position, version)) {
    const { read } = await readOnce(flat);
    if (read.length > 0) return read;
  }
  return [];
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

function looksAt(picture: CodePicture): Looks {
  let shrinking: Promise<GreyImage> | undefined;
  return { picture, small: () => (shrinking ??= Promise.resolve(picture.small ?? smallOf(picture.grey))) };
}

/** What most passes look at: at most `SMALL` pixels long, or hardly more. */
export async function smallOf(grey: GreyImage): Promise<GreyImage> {
  return isLarge(grey) ? await shrunk(grey, SMALL) : grey;
}

function isLarge({ width, height }: GreyImage): boolean {
  return Math.max(width, height) > SMALL * HARDLY_MORE;
}

/** A small picture at twice its size: its modules get more pixels. A larger one was read larger already. */
async function enlarged(grey: GreyImage): Promise<GreyImage | undefined> {
  if (Math.max(grey.width, grey.height) > SMALL) return undefined;
  return stretched(await toGrey(fromGrey(grey).resize({ width: grey.width * 2, kernel: 'cubic' })));
}

/** What greymaps were made in, to be used again: memory that was never touched costs more than the copying. */
const sheets: Buffer[] = [];

/** The reader's plainest input: binary PGM, a line of text before the grey levels. Only for as long as the work goes on. */
async function withGreymap<T>(
  { width, height, data }: GreyImage,
  work: (greymap: Uint8Array) => Promise<T>,
): Promise<T> {
  const line = `P5\n${width} ${height}\n255\n`;
  const bytes = line.length + data.length;
  const known = sheets.pop();
  const sheet = known !== undefined && known.length >= bytes ? known : Buffer.allocUnsafeSlow(bytes);
  sheet.write(line, 'latin1');
  sheet.set(data, line.length);
  try {
    return await work(sheet.subarray(0, bytes));
  } finally {
    sheets.push(sheet);
  }
}

/** Gives the reader its program from the package: left alone it would fetch it from the network. */
async function prepareReader(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const file = await readFile(path);
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}
