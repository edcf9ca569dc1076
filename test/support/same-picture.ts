import sharp from 'sharp';

/** One picture as it comes once more: what people do to make it look like another one. */
export const AGAIN: Readonly<Record<string, (picture: Buffer) => Promise<Buffer>>> = {
  savedAgain: (picture) => sharp(picture).jpeg({ quality: 30 }).toBuffer(),
  halfAsLarge: async (picture) => {
    const { width } = await sharp(picture).metadata();
    return await sharp(picture)
      .resize(Math.round(width / 2))
      .jpeg({ quality: 70 })
      .toBuffer();
  },
  brighter: (picture) => sharp(picture).linear(1.15, 18).jpeg({ quality: 80 }).toBuffer(),
  cut: async (picture) => {
    const { width, height } = await sharp(picture).metadata();
    const [left, top] = [Math.round(width * 0.025), Math.round(height * 0.025)];
    return await sharp(picture)
      .extract({ left, top, width: width - 2 * left, height: height - 2 * top })
      .jpeg({ quality: 80 })
      .toBuffer();
  },
  cutAtOneCorner: async (picture) => {
    const { width, height } = await sharp(picture).metadata();
    const [left, top] = [Math.round(width * 0.05), Math.round(height * 0.05)];
    return await sharp(picture)
      .extract({ left, top, width: width - left, height: height - top })
      .jpeg({ quality: 80 })
      .toBuffer();
  },
  photographedAgain,
};

/** From a screen: turned, in perspective, duller and softer, with its own grain, a rim cut off. */
async function photographedAgain(picture: Buffer): Promise<Buffer> {
  const turned = await sharp(picture)
    .affine(
      [
        [1, 0.02],
        [-0.026, 1],
      ],
      { background: '#222' },
    )
    .gamma(1.3)
    .modulate({ saturation: 0.8 })
    .blur(1.2)
    .toBuffer({ resolveWithObject: true });
  const { width: wide, height: high } = await sharp(picture).metadata();
  const [width, height] = [Math.round(wide * 0.95), Math.round(high * 0.95)];
  const left = Math.round((turned.info.width - width) / 2);
  const top = Math.round((turned.info.height - height) / 2);
  const noise = { type: 'gaussian', mean: 128, sigma: 18 } as const;
  const grain = await sharp({ create: { width, height, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  const seen = await sharp(turned.data).extract({ left, top, width, height }).toBuffer();
  return await sharp(seen)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 75 })
    .toBuffer();
}
