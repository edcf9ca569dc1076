import sharp, { type Sharp } from 'sharp';

/** Grey levels of a picture, one byte a pixel. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/** As sharp hands out raw pixels. */
export interface RgbImage {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number; readonly channels: 3 };
}

/** Runs a picture through to its grey levels. */
export async function toGrey(picture: Sharp): Promise<GreyImage> {
  const { data, info } = await picture
    .greyscale()
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The grey levels of a picture in plain RGB, three bytes a pixel: a quarter of what sharp takes, which goes by way of linear light. */
export function greyOf({ data, info: { width, height } }: RgbImage): GreyImage {
  const levels = Buffer.allocUnsafeSlow(width * height);
  for (let at = 0, from = 0; at < levels.length; at++, from += 3) {
    levels[at] = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8;
  }
  return { width, height, data: levels };
}

/** Back into sharp, to be resized or filtered. */
export function fromGrey({ width, height, data }: GreyImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 1 } });
}

/** At most this many pixels on the long side; a smaller picture stays as it is. */
export async function shrunk(image: GreyImage, longSide: number): Promise<GreyImage> {
  if (Math.max(image.width, image.height) <= longSide) return image;
  return toGrey(fromGrey(image).resize({ width: longSide, height: longSide, fit: 'inside' }));
}

/** A square of that side, whatever its shape was. */
export async function squeezed(image: GreyImage, side: number): Promise<GreyImage> {
  return toGrey(fromGrey(image).resize({ width: side, height: side, fit: 'fill' }));
}

/** Half as long and half as wide: each pixel is the mean of four. */
export function halved({ width, height, data }: GreyImage): GreyImage {
  const half = { width: width >> 1, height: height >> 1 };
  const levels = Buffer.allocUnsafeSlow(half.width * half.height);
  for (let y = 0, to = 0; y < half.height; y++) {
    for (let at = y * 2 * width, end = at + half.width * 2; at < end; at += 2, to++) {
      const below = at + width;
      const sum = (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[below] ?? 0) + (data[below + 1] ?? 0);
      levels[to] = (sum + 2) >> 2;
    }
  }
  return { ...half, data: levels };
}

/** The levels between the darkest and the brightest 2 % spread over the whole range: a dark photo made readable. */
export function stretched(image: GreyImage): GreyImage {
  const histogram = new Uint32Array(256);
  for (let at = 0; at < image.data.length; at++) {
    const level = image.data[at] ?? 0;
    histogram[level] = (histogram[level] ?? 0) + 1;
  }
  const cut = image.data.length * 0.02;
  const levels = [...histogram.keys()];
  const past = (order: readonly number[]) => {
    let seen = 0;
    return order.find((level) => {
      seen += histogram[level] ?? 0;
      return seen > cut;
    });
  };
  const low = past(levels) ?? 0;
  const high = past(levels.toReversed()) ?? 255;
  const scale = 255 / Math.max(1, high - low);
  const table = Uint8Array.from(levels, (level) => Math.min(255, Math.max(0, (level - low) * scale)));
  const data = Buffer.allocUnsafe(image.data.length);
  for (let at = 0; at < data.length; at++) data[at] = table[image.data[at] ?? 0] ?? 0;
  return { ...image, data };
}
