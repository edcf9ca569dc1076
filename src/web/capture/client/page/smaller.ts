import { exifOf, withExif } from '../exif.ts';

/** The bot keeps no more of a picture, and reads codes in no larger one (`src/media/photo-limits.ts`). */
const SIDE = { photo: 2_560, code: 4_096 } as const;
/** What is as small as this is sent as it is. */
const SMALL_ENOUGH = { photo: 1_000_000, code: 2_500_000 } as const;

/**
 * A photo as it is sent: a large one is drawn smaller, with what its original tells of time and place. Where a code is to be read it
 * keeps what the bot's reader uses. What this browser cannot draw (HEIC on some) goes as it is.
 */
export async function smaller(file: Blob, shows: 'photo' | 'code'): Promise<Uint8Array<ArrayBuffer>> {
  const original = new Uint8Array(await file.arrayBuffer());
  if (original.length <= SMALL_ENOUGH[shows]) return original;
  try {
    const drawn = await drawnSmaller(file, SIDE[shows]);
    const result = withExif(new Uint8Array(await drawn.arrayBuffer()), exifOf(original));
    return result.length < original.length ? result : original;
  } catch {
    return original;
  }
}

async function drawnSmaller(file: Blob, side: number): Promise<Blob> {
  const picture = await drawable(file);
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('nothing to draw on');
  brush.imageSmoothingQuality = 'high';
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not drawn'))), 'image/jpeg', 0.88);
  });
}

/** An image element turns a photo upright by its Exif, in browsers of the last years. */
async function drawable(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
