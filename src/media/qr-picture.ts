import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** A QR code as dark modules in a square, quiet zone included. */
export interface QrCode {
  /** An SVG path in units of one module. */
  readonly path: string;
  /** The side of the square, in modules. */
  readonly side: number;
}

const QUIET = 4;
/** Large enough to be scanned from another phone's screen. */
const JPEG_SIDE = 480;

let prepared: Promise<unknown> | undefined;

/** Writes `text` as a QR code. */
export async function qrCode(text: string): Promise<QrCode> {
  prepared ??= prepareWriter();
  await prepared;
  const { symbol, error } = await writeBarcode(text, { format: 'QRCode' });
  if (!symbol) throw new Error(`no code could be written: ${error}`);
  let path = '';
  for (let y = 0; y < symbol.height; y += 1) {
    for (let x = 0; x < symbol.width; x += 1) {
      if (symbol.data[y * symbol.width + x] === 0) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    }
  }
  return { path, side: symbol.width + 2 * QUIET };
}

/** `text` as a QR code in a JPEG, for a card. */
export async function qrJpeg(text: string): Promise<Buffer> {
  const { path, side } = await qrCode(text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${JPEG_SIDE}" height="${JPEG_SIDE}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path d="${path}"/></svg>`;
  return await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

/** Gives the writer its program from the package: left alone it would fetch it from the network. */
async function prepareWriter(): Promise<void> {
  const file = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}
