import sharp, { type Sharp } from 'sharp';

/** Grey levels of a picture, one byte a pixel. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
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

/** Back into sharp, to be resized or filtered. */
export function fromGrey({ width, height, data }: GreyImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 1 } });
}

/** At most this many pixels on the long side; a smaller picture stays as it is. */
export async function shrunk(image: GreyImage, longSide: number): Promise<GreyImage> {
  if (Math.max(image.width, image.height) <= longSide) return image;
  return toGrey(fromGrey(image).resize({ width: longSide, height: longSide, fit: 'inside' }));
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
