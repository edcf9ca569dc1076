const WRITTEN_TIME = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/;
const WRITTEN_OFFSET = /^[+-]\d\d:\d\d$/;

/** All that a JPEG can hold, bytes. The block comes from a stranger's file; other kinds would let it be as long as the picture. */
const LONGEST_BLOCK = 64 * 1024;

/**
 * When the camera says the picture was taken: ISO 8601 in the camera's own local time, `2026-05-03T14:05:09`, with its
 * UTC offset when it wrote one. Takes the EXIF block as sharp hands it out; undefined for anything damaged or absent.
 * Chat clients usually strip it, so nothing may depend on it. Nothing else of the block is read, least of all the place.
 */
export async function exifTakenAt(exif: Buffer): Promise<string | undefined> {
  const written = await readWritten(exif);
  const time = WRITTEN_TIME.exec(written?.time ?? '');
  if (!time) return undefined;
  const [, year, month, day, hour, minute, second] = time;
  const taken = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (Number.isNaN(Date.parse(`${taken}Z`))) return undefined;
  const offset = written?.offset ?? '';
  return WRITTEN_OFFSET.test(offset) ? taken + offset : taken;
}

/** The two texts as they stand there. */
async function readWritten(
  exif: Buffer,
): Promise<{ time: string | undefined; offset: string | undefined } | undefined> {
  // hardly a photo has such a block, and loading the reader takes a fifth of the start of the process that checks
  const { default: ExifReader } = await import('exifreader');
  const tiff = exif.subarray(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0).subarray(0, LONGEST_BLOCK);
  try {
    const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
    const includeTags = { exif: ['DateTimeOriginal', 'OffsetTimeOriginal'] };
    const tags = ExifReader.loadView(view, { expanded: true, includeTags }).exif;
    return { time: tags?.DateTimeOriginal?.value[0], offset: tags?.OffsetTimeOriginal?.value[0] };
  } catch {
    return undefined;
  }
}
