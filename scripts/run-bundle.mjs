import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';

/**
 * In percent of what is in use. Where a process may have gigabytes, V8 lets three times as much garbage lie before it takes it away; so what a
 * bot holds would go by how large its machine is.
 */
export const HEAP_GROWS_BY = '--heap-growing-percent=90';

/**
 * Runs a bundle of ours, a file of CommonJS in ASCII, with what V8 compiled of it at the build where that stands beside it: half of
 * a start's work otherwise. Another V8 than the build's does not take it, and compiles as ever. With `KEEP_CODE` set, the process
 * leaves what it compiled there when it ends. Answers whether it was taken.
 */
export function runBundle(url) {
  // V8 takes nothing that was compiled under other flags, so this comes first
  setFlagsFromString(HEAP_GROWS_BY);
  const filename = fileURLToPath(url);
  const kept = filename.replace(/cjs$/, 'code');
  const source = readFileSync(filename, 'latin1');
  const cachedData = readIfThere(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (process.env.KEEP_CODE) process.once('exit', () => keepCode(script, kept));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(url), module, filename, dirname(filename));
  return cachedData !== undefined && script.cachedDataRejected === false;
}

function keepCode(script, kept) {
  writeFileSync(`${kept}.part`, script.createCachedData());
  // whatever else a process writes is for its owner only; this is for whoever may read the bundle
  chmodSync(`${kept}.part`, 0o644);
  renameSync(`${kept}.part`, kept);
}

/** What cannot be read costs time and no start. */
function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
