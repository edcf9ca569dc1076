import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { toGrey } from '../src/media/grey-image.ts';
import { readCodes } from '../src/media/read-codes.ts';
import type { Row } from './row.ts';

const ROTATIONS = [0, 90, 180, 270];

/**
 * How many photographed codes of a folder are read, turned four ways, and how many are read wrong: pictures anywhere below it, each with
 * what it says in a text file of its name beside it, as zxing's and zxing-cpp's own sets are. For the hand: no picture of others is kept here.
 */
export async function codeSetRows(folder: string): Promise<Row[]> {
  const files = await readdir(folder, { recursive: true });
  const pictures = files
    .filter((file) => /\.(png|jpe?g)$/.test(file))
    .toSorted()
    .map((file) => ({ file, path: join(folder, file), says: textBeside(join(folder, file)) }))
    .filter(({ says }) => says !== undefined);
  const rows: Row[] = [];
  for (const rotation of ROTATIONS) {
    let read = 0;
    let wrong = 0;
    for (const { file, path, says } of pictures) {
      const grey = await toGrey(sharp(path).flatten({ background: '#fff' }).rotate(rotation));
      const codes = (await readCodes({ grey })).map(trimmed);
      if (says !== undefined && codes.includes(says)) read += 1;
      else if (codes.length > 0) wrong += 1;
      if (says === undefined || !codes.includes(says)) console.log(`${rotation}° ${file}: ${JSON.stringify(codes)}`);
    }
    const unit = `of ${pictures.length} codes`;
    rows.push(
      { name: `codes.read.${rotation}`, value: read, unit },
      { name: `codes.wrong.${rotation}`, value: wrong, unit },
    );
  }
  return rows;
}

function textBeside(picture: string): string | undefined {
  const path = picture.replace(/\.\w+$/, '.txt');
  return existsSync(path) ? trimmed(readFileSync(path, 'utf8')) : undefined;
}

function trimmed(text: string): string {
  return text.replaceAll('\r', '').replace(/\n$/, '');
}
