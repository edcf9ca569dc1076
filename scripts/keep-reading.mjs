import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Told in one line: what the files are called, and what they say. */
const READS = `
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { fingerprintOf } from '../programme/files.js';
import { readProgramme } from '../programme/read.js';
import { readFolder } from './read-folder.js';

readFolder(process.argv[2]).then((files) => {
  const reading = readProgramme(files);
  const bytes = serialize(reading);
  const isWhole = 'programme' in reading && isDeepStrictEqual(deserialize(bytes), reading);
  const kept = { of: fingerprintOf(files), reading: bytes.toString('base64') };
  if (isWhole) process.stdout.write(JSON.stringify(kept));
});
`;

/**
 * Reads and checks the programme that is shipped, so that no start has to, and puts what it says into what is compiled below `fresh`:
 * in `shipped-reading.js`, which then comes into the bundle. What cannot be read or kept so is left to each start.
 */
export async function keepReading(root, fresh) {
  const programme = join(root, 'programmes', 'alipay-plus');
  if (!existsSync(programme)) return;
  const { bundle } = await import('./bundle.mjs');
  const folder = join(fresh, 'src', 'programme-in-use');
  const entry = join(folder, 'read-shipped.js');
  writeFileSync(join(root, entry), READS);
  const file = await bundle(root, fresh, entry);
  const made = [entry, join(folder, file)].map((path) => join(root, path));
  try {
    const kept = execFileSync(process.execPath, [made[0], programme], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (kept !== '') writeFileSync(join(root, folder, 'shipped-reading.js'), `export const SHIPPED = ${kept};\n`);
  } finally {
    for (const path of made) rmSync(path);
  }
}
