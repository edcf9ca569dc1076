import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { exifTakenAt } from '../../src/media/exif-taken-at.ts';
import { pictures } from '../support/pictures.ts';

async function exifOf(bytes: Buffer): Promise<Buffer> {
  const { exif } = await sharp(bytes).metadata();
  if (!exif) throw new Error('no EXIF block');
  return exif;
}

async function withTime(DateTimeOriginal: string): Promise<Buffer> {
  return exifOf(
    await sharp(await pictures.tiny(1))
      .withExif({ IFD2: { DateTimeOriginal } })
      .jpeg()
      .toBuffer(),
  );
}

test("the camera's time, with its offset when it wrote one", async () => {
  expect(await exifTakenAt(await exifOf(await pictures.turnedWithGps(1)))).toBe('2026-05-03T14:05:09+07:00');
  expect(await exifTakenAt(await withTime('2026:12:31 23:59:59'))).toBe('2026-12-31T23:59:59');
});

test.each(['0000:00:00 00:00:00', '2026:13:40 25:61:61', '    :  :     :  :  ', 'yesterday'])(
  'no time when it says %j',
  async (written) => {
    expect(await exifTakenAt(await withTime(written))).toBeUndefined();
  },
);

test('a damaged block never throws', async () => {
  const block = await exifOf(await pictures.turnedWithGps(1));
  await fc.assert(
    fc.asyncProperty(fc.nat(block.length), fc.nat(block.length - 1), fc.nat(255), async (length, at, value) => {
      const damaged = Buffer.from(block);
      damaged[at] = value;
      expect(['string', 'undefined']).toContain(typeof (await exifTakenAt(damaged.subarray(0, length))));
      expect(['string', 'undefined']).toContain(typeof (await exifTakenAt(damaged)));
    }),
    { numRuns: 500 },
  );
});

const EXIF_POINTER = 0x8769;
const TAKEN = 0x9003;
const IFD = { short: 2, entry: 12, long: 4 };

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: number;
}

/** A block of that many bytes: its first directory at 8, right behind it the one of the camera. */
function blockOf(size: number, first: readonly Entry[], camera: readonly Entry[]): Buffer {
  const block = Buffer.alloc(size);
  block.write('II*\0\x08', 'latin1');
  const behind = (at: number, count: number) => at + IFD.short + count * IFD.entry + IFD.long;
  const write = (at: number, entries: readonly Entry[]) => {
    block.writeUInt16LE(entries.length, at);
    for (const [index, { tag, type, count, value }] of entries.entries()) {
      const entry = at + IFD.short + index * IFD.entry;
      block.writeUInt16LE(tag, entry);
      block.writeUInt16LE(type, entry + 2);
      block.writeUInt32LE(count, entry + 4);
      block.writeUInt32LE(value, entry + 8);
    }
  };
  const cameraAt = behind(8, first.length + 1);
  write(8, [...first, { tag: EXIF_POINTER, type: 4, count: 1, value: cameraAt }]);
  write(cameraAt, camera);
  return block;
}

/** The time, written where the block's entry says. */
function blockWithTimeAt(value: number, size = value + 20): Buffer {
  const block = blockOf(size, [], [{ tag: TAKEN, type: 2, count: 20, value }]);
  block.write('2026:05:03 14:05:09\0', value, 'latin1');
  return block;
}

test('of a block as long as a picture only what a JPEG could hold is read', async () => {
  expect(await exifTakenAt(blockWithTimeAt(60_000, 20_000_000))).toBe('2026-05-03T14:05:09');
  expect(await exifTakenAt(blockWithTimeAt(70_000))).toBeUndefined();
});

test('directories that name themselves, one another, or more than there is never throw', async () => {
  const entry = fc.record({
    tag: fc.constantFrom(EXIF_POINTER, TAKEN, 0x9011, 0x8825, 0xa005, 0x014a, 0x927c),
    type: fc.integer({ min: 0, max: 13 }),
    count: fc.oneof(fc.constantFrom(1, 20, 60_000, 0xffff_ffff), fc.nat(0xffff_ffff)),
    value: fc.oneof(fc.constantFrom(0, 8, 60), fc.nat(65_536), fc.nat(0xffff_ffff)),
  });
  const entries = fc.array(entry, { maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(entries, entries, async (first, camera) => {
      const block = blockOf(65_536, first, camera);
      expect(['string', 'undefined']).toContain(typeof (await exifTakenAt(block)));
    }),
    { numRuns: 100 },
  );
});
