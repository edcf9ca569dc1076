import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import type { Patch } from './picture-canvas.ts';

let ready: Promise<unknown> | undefined;

async function prepare(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const bytes = await readFile(path);
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** The QR code of a text, one pixel a module, with its quiet zone; 0 is black, 255 white. */
export async function qrPattern(text: string): Promise<Patch> {
  ready ??= prepare();
  await ready;
  const written = await writeBarcode(text, { format: 'QRCode', ecLevel: 'M', scale: 1 });
  if (written.error) throw new Error(written.error);
  return withQuietZone(written.symbol);
}

function withQuietZone({ width, height, data }: Patch): Patch {
  const quiet = 4;
  const wide = width + 2 * quiet;
  const out = new Uint8Array(wide * (height + 2 * quiet)).fill(255);
  for (let row = 0; row < height; row++) {
    out.set(data.subarray(row * width, (row + 1) * width), (row + quiet) * wide + quiet);
  }
  return { width: wide, height: height + 2 * quiet, data: out };
}
