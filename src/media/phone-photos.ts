import sharp from 'sharp';
import type { PhotoStore } from '../../models/photo-store.ts';

/** As wide as a phone shows it; a code stays readable, and it loads over two bars of signal: 50 to 100 KB instead of 1 MB. */
const PHONE_SIDE = 1080;
const QUALITY = 72;
/** Some 5 MB. Shrinking takes 75 ms of CPU, so nothing is stored beside the photo. */
const REMEMBERED = 64;

/** Kept photos as a phone loads them, JPEG; undefined for one that is not there. The last ones asked for are remembered. */
export function createPhonePhotos(
  photos: Pick<PhotoStore, 'get'>,
): (contentHash: string) => Promise<Buffer | undefined> {
  const recent = new Map<string, Promise<Buffer | undefined>>();
  return async (contentHash) => {
    const known = recent.get(contentHash) ?? shrunk(photos, contentHash);
    recent.delete(contentHash);
    recent.set(contentHash, known);
    for (const oldest of recent.keys()) {
      if (recent.size <= REMEMBERED) break;
      recent.delete(oldest);
    }
    const forget = (): void => {
      if (recent.get(contentHash) === known) recent.delete(contentHash);
    };
    known.then((photo) => photo === undefined && forget(), forget);
    return await known;
  };
}

async function shrunk(photos: Pick<PhotoStore, 'get'>, contentHash: string): Promise<Buffer | undefined> {
  const jpeg = await photos.get(contentHash);
  if (jpeg === undefined) return undefined;
  return await sharp(jpeg)
    .resize({ width: PHONE_SIDE, height: PHONE_SIDE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: QUALITY, mozjpeg: true })
    .toBuffer();
}
