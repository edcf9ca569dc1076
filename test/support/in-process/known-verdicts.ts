import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import sharp from 'sharp';
import { currentProgramme } from '../../../models/programme-in-use.ts';
import type { PhotoVerdict } from '../../../src/media/check-photo.ts';
import type { PhotoChecker } from '../../../src/media/photo-checker.ts';
import type { WantedCode } from '../../../src/media/wanted-codes.ts';
import { hashOf, keptOnDisk } from '../kept-on-disk.ts';

const MEDIA = 'src/media';
const DECIDED_BY = [
  ...readdirSync(MEDIA)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(MEDIA, file)),
  'src/programme/code-pattern.ts',
  'node_modules/zxing-wasm/package.json',
];

let deciding: string | undefined;

/**
 * What `checker` says of a picture, asked once for all test files and runs, until the code that decides it changes: a quarter of a
 * second of work for the same answer about the same bytes. How it decides is what `test/media` is about.
 */
export function knownVerdicts(checkerOf: (wanted: () => readonly WantedCode[]) => PhotoChecker): PhotoChecker {
  const wanted = (): readonly WantedCode[] => currentProgramme().programme.codes.patterns;
  const checker = checkerOf(wanted);
  return {
    async check(bytes) {
      deciding ??= hashOf(DECIDED_BY, sharp.versions);
      const name = createHash('sha256').update(bytes).update(JSON.stringify(wanted())).digest('hex');
      const kept = { folder: 'test-verdicts', madeBy: deciding };
      return deserialize(
        await keptOnDisk(name, kept, async () => serialize(await checker.check(bytes))),
      ) as PhotoVerdict;
    },
    close: () => checker.close(),
  };
}
