import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createOutgoing } from '../../src/daily/outgoing.ts';
import { checkPhoto } from '../../src/media/check-photo.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { createPhonePhotos } from '../../src/media/phone-photos.ts';
import { heicOfPieces } from '../support/heic-pieces.ts';
import { spotRow } from '../support/outgoing-folder.ts';
import { pictures } from '../support/pictures.ts';

const PLACE = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '13/1 43/1 30/1',
  GPSLongitudeRef: 'E',
  GPSLongitude: '100/1 31/1 0/1',
};
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="13,43.5N" exif:GPSLongitude="100,31.0E"/></rdf:RDF></x:xmpmeta>`;

const FORMATS = ['jpeg', 'webp', 'png', 'avif', 'heic'] as const;

/** The front of a shop as a phone takes it that writes down where it is. */
async function withPlace(format: (typeof FORMATS)[number]): Promise<Buffer> {
  const placed = sharp(await pictures.storefront(5))
    .withExif({ IFD3: PLACE })
    .withXmp(XMP);
  if (format !== 'heic') return await placed.toFormat(format).toBuffer();
  const { exif } = await sharp(await placed.jpeg().toBuffer()).metadata();
  const pieces = { columns: 2, rows: 1, width: 2400, height: 1200 };
  return heicOfPieces(exif === undefined ? pieces : { ...pieces, exif });
}

/** What says anything about a picture besides its pixels. */
async function saidBeside(bytes: Buffer): Promise<readonly string[]> {
  const { exif, xmp, iptc } = await sharp(bytes).metadata();
  return Object.entries({ exif, xmp, iptc }).flatMap(([name, block]) => (block === undefined ? [] : [name]));
}

describe.each(FORMATS)('where a photo was taken, as a %s says it,', (format) => {
  it('stands in what was sent, and in nothing that is kept, handed over or uploaded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'place-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const sent = await withPlace(format);
    expect(await saidBeside(sent)).toContain('exif');
    const photo = await checkPhoto(sent, { readCodes: async () => [] });
    if (!photo.kept) throw new Error(`refused: ${photo.reason}`);

    const photos = filePhotoStore(folder);
    await photos.put(photo.contentHash, photo.jpeg);
    const clock = { now: () => Date.UTC(2026, 10, 24) };
    const outgoing = createOutgoing({ dir: join(folder, 'outgoing'), photos, clock, timeZone: 'Asia/Shanghai' });
    const { failed } = await outgoing.append([spotRow(1, { ...photos, hashOf: () => photo.contentHash })]);
    expect(failed).toEqual([]);
    const uploaded = await createPhonePhotos(photos)(photo.contentHash);

    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(({ name }) => name.endsWith('.jpg'))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    expect(files).toHaveLength(2);
    for (const bytes of [...files, uploaded ?? Buffer.of()]) {
      expect(await saidBeside(bytes)).toEqual([]);
      expect(bytes.includes('GPS')).toBe(false);
    }
  });
});

it('a HEIC that cannot be decoded is refused, and nothing of it is kept', async () => {
  const photo = await checkPhoto(await pictures.heic(), { readCodes: async () => [] });
  expect(photo).toEqual({ kept: false, reason: 'picture.unsupportedFormat', originalHash: expect.any(String) });
});
