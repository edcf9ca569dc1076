import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** The programme's pattern of a Marketing Code, as the samples print it. */
const CODE_PREFIX = 'https://qr.alipayplus.example/m/';
const CODE_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789';
/** A shop's own payment code, as EMVCo writes one. */
export const FOREIGN_CODE = '00020101021126330015com.merchant.qr0110MERCHANT425802TH6304A13F';

let prepared: Promise<unknown> | undefined;

/** A code of the programme's pattern that follows from `random`. */
export function freshCode(random: () => number): string {
  const letters = Array.from({ length: 12 }, () => CODE_LETTERS[Math.floor(random() * CODE_LETTERS.length)]);
  return `${CODE_PREFIX}${letters.join('')}`;
}

/** `code` as a QR, an SVG path in a square of 0 to 1 with its quiet zone, dark modules only. */
export async function qrPath(code: string): Promise<string> {
  // The package would fetch its wasm from a CDN: it is given its own file.
  prepared ??= prepareZXingModule({ overrides: { wasmBinary: wasmBinary() }, fireImmediately: true });
  await prepared;
  const { symbol, error } = await writeBarcode(code, { format: 'QRCode' });
  if (!symbol) throw new Error(`no code could be written: ${error}`);
  const quiet = 4;
  const side = symbol.width + 2 * quiet;
  const unit = 1 / side;
  const at = (place: number): string => (place * unit).toFixed(5);
  let path = '';
  for (let y = 0; y < symbol.height; y++) {
    for (let x = 0; x < symbol.width; x++) {
      if (symbol.data[y * symbol.width + x] !== 0) continue;
      path += `M${at(x + quiet)} ${at(y + quiet)}h${at(1)}v${at(1)}h-${at(1)}z`;
    }
  }
  return path;
}

function wasmBinary(): ArrayBuffer {
  const bytes = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  return new Uint8Array(bytes).buffer;
}
