import sharp, { type OverlayOptions } from 'sharp';

/** A picture of several photos side by side, each with its number, as a phone shows it. */
const WIDTH = 1080;
const GAP = 12;
const BACKGROUND = '#1f1f1f';
const QUALITY = 72;
/** From so many on there are three in a row. */
const MANY = 5;
/** The number's box, as a part of the tile. */
const LABEL_PART = 0.16;

/** Digits of five by seven dots: fonts differ from machine to machine, and some have none. */
const DIGITS = [
  '01110100011001110101110011000101110',
  '00100011000010000100001000010001110',
  '01110100010000100010001000100011111',
  '11111000100010000010000011000101110',
  '00010001100101010010111110001000010',
  '11111100001111000001000011000101110',
  '00110010001000011110100011000101110',
  '11111000010001000100010000100001000',
  '01110100011000101110100011000101110',
  '01110100011000101111000010001001100',
];
const DIGIT = { wide: 5, high: 7 };

/**
 * Makes one JPEG of these photos, numbered from 1 in their order, whole and none turned; one that is not there any more leaves its place
 * empty. Undefined when none is there.
 */
export async function contactSheet(photos: readonly (Uint8Array | undefined)[]): Promise<Buffer | undefined> {
  if (photos.every((photo) => photo === undefined)) return undefined;
  const columns = Math.min(photos.length, photos.length < MANY ? 2 : 3);
  const rows = Math.ceil(photos.length / columns);
  const side = Math.floor((WIDTH - GAP * (columns + 1)) / columns);
  const laid: OverlayOptions[] = [];
  for (const [index, photo] of photos.entries()) {
    const left = GAP + (index % columns) * (side + GAP);
    const top = GAP + Math.floor(index / columns) * (side + GAP);
    if (photo !== undefined) {
      const { data, info } = await sharp(photo)
        .resize({ width: side, height: side, fit: 'inside' })
        .toBuffer({ resolveWithObject: true });
      laid.push({
        input: data,
        left: left + Math.floor((side - info.width) / 2),
        top: top + Math.floor((side - info.height) / 2),
      });
    }
    laid.push({ input: label(index + 1, Math.round(side * LABEL_PART)), left, top });
  }
  const height = GAP + rows * (side + GAP);
  return await sharp({ create: { width: WIDTH, height, channels: 3, background: BACKGROUND } })
    .composite(laid)
    .jpeg({ quality: QUALITY, mozjpeg: true })
    .toBuffer();
}

function label(number: number, high: number): Buffer {
  const digits = [...String(number)];
  const dot = high / (DIGIT.high + 4);
  const wide = Math.round(dot * (digits.length * (DIGIT.wide + 1) + 3));
  const dots = digits.flatMap((digit, place) =>
    [...(DIGITS[Number(digit)] ?? '')].flatMap((on, at) => {
      if (on === '0') return [];
      const x = (2 + place * (DIGIT.wide + 1) + (at % DIGIT.wide)) * dot;
      const y = (2 + Math.floor(at / DIGIT.wide)) * dot;
      return [`<rect x="${x}" y="${y}" width="${dot}" height="${dot}"/>`];
    }),
  );
  const box = `<rect width="${wide}" height="${high}" fill="#000" fill-opacity="0.75"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}">${box}<g fill="#fff">${dots.join('')}</g></svg>`,
  );
}
