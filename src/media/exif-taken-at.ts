const EXIF_POINTER = 0x8769;
const TAKEN = 0x9003;
const TAKEN_OFFSET = 0x9011;
const ASCII_TYPE = 2;
const MOST_ENTRIES = 512;

const WRITTEN_TIME = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/;
const WRITTEN_OFFSET = /^[+-]\d\d:\d\d$/;

/**
 * When the camera says the picture was taken: ISO 8601 in the camera's own local time, `2026-05-03T14:05:09`, with its
 * UTC offset when it wrote one. Takes the EXIF block as sharp hands it out; undefined for anything damaged or absent.
 * Chat clients usually strip it, so nothing may depend on it.
 */
export function exifTakenAt(exif: Buffer): string | undefined {
  const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  const read = tiffReader(tiff);
  if (!read) return undefined;
  const pointer = entryOf(read, read.long(4), EXIF_POINTER);
  const directory = pointer === undefined ? undefined : read.long(pointer + 8);
  const time = WRITTEN_TIME.exec(asciiOf(read, directory, TAKEN, tiff) ?? '');
  if (!time) return undefined;
  const [, year, month, day, hour, minute, second] = time;
  const taken = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (Number.isNaN(Date.parse(`${taken}Z`))) return undefined;
  const offset = asciiOf(read, directory, TAKEN_OFFSET, tiff) ?? '';
  return WRITTEN_OFFSET.test(offset) ? taken + offset : taken;
}

/** Reads past the end answer undefined: the block comes from a stranger's file. */
interface TiffReader {
  short(at: number | undefined): number | undefined;
  long(at: number | undefined): number | undefined;
}

function tiffReader(tiff: Buffer): TiffReader | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const little = order === 'II';
  const inside = (at: number | undefined, size: number): at is number => at !== undefined && at + size <= tiff.length;
  return {
    short: (at) => (inside(at, 2) ? (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : undefined),
    long: (at) => (inside(at, 4) ? (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)) : undefined),
  };
}

/** Where the directory's entry for this tag begins. */
function entryOf(read: TiffReader, directory: number | undefined, tag: number): number | undefined {
  if (directory === undefined) return undefined;
  const count = Math.min(read.short(directory) ?? 0, MOST_ENTRIES);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (read.short(entry) === tag) return entry;
  }
  return undefined;
}

function asciiOf(read: TiffReader, directory: number | undefined, tag: number, tiff: Buffer): string | undefined {
  const entry = entryOf(read, directory, tag);
  if (entry === undefined || read.short(entry + 2) !== ASCII_TYPE) return undefined;
  const length = read.long(entry + 4) ?? 0;
  const from = length > 4 ? read.long(entry + 8) : entry + 8;
  if (from === undefined || length > 64) return undefined;
  return tiff.toString('latin1', from, from + length).replace(/\0.*$/s, '');
}
