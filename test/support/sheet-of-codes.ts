import sharp from 'sharp';
import { keptPicture } from './kept-picture.ts';
import { addGrain, drawn, layOnto, type Point, seeded, tiltedSquare } from './picture-canvas.ts';
import { qrPattern } from './qr-pattern.ts';

export interface SheetOptions {
  readonly columns?: number;
  readonly width?: number;
  readonly height?: number;
  /** Turned in the plane, degrees. */
  readonly angle?: number;
  /** Gaussian blur in pixels. */
  readonly blur?: number;
  readonly quality?: number;
}

const STICKER = { width: 1, height: 1, data: new Uint8Array([235]) };

/** Stickers in rows on a table, photographed from above by hand. */
export function sheetOfCodes(codes: readonly string[], options: SheetOptions = {}): Promise<Buffer> {
  return keptPicture(`sheet ${JSON.stringify([codes, options])}`, () => photographed(codes, options));
}

async function photographed(
  codes: readonly string[],
  { columns = 4, width = 1440, height = 1920, angle = 5, blur = 1, quality = 70 }: SheetOptions,
): Promise<Buffer> {
  const rows = Math.ceil(codes.length / columns);
  const step = Math.min((width * 0.84) / columns, (height * 0.84) / rows);
  const random = seeded(codes.length);
  const turn = (angle * Math.PI) / 180;
  const canvas = await drawn(width, height, '<rect width="100%" height="100%" fill="#a98f6d"/>');
  for (const [index, code] of codes.entries()) {
    const [x, y] = [
      ((index % columns) - (columns - 1) / 2) * step,
      (Math.floor(index / columns) - (rows - 1) / 2) * step,
    ];
    const centre: Point = {
      x: width / 2 + x * Math.cos(turn) - y * Math.sin(turn),
      y: height / 2 + x * Math.sin(turn) + y * Math.cos(turn),
    };
    // none lies quite as its neighbour
    const [turned, tilt] = [angle + random() * 6 - 3, 8 + random() * 8];
    layOnto(canvas, STICKER, tiltedSquare(centre, step * 0.9, turned, tilt));
    layOnto(canvas, await qrPattern(code), tiltedSquare(centre, step * 0.78, turned, tilt));
  }
  addGrain(canvas, 14, random);
  return await sharp(canvas.data, { raw: { width, height, channels: 3 } })
    .blur(blur)
    .jpeg({ quality })
    .toBuffer();
}
