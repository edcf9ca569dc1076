import sharp from 'sharp';

/** Mean grey level, 0 to 255, below which a reviewer cannot see what is in a photo. */
const DARK_BELOW = 55;

/** Whether a photo (a JPEG's path) is too dark. */
export async function isDark(path: string): Promise<boolean> {
  const { channels } = await sharp(path).resize({ width: 256, withoutEnlargement: true }).greyscale().stats();
  return (channels[0]?.mean ?? 0) < DARK_BELOW;
}
