import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';

/**
 * Makes `folder` hold what `fresh`, beside it, holds, and `fresh` go, while others read it: each file comes into its place whole,
 * a bundle before and a page of HTML after what goes with it, and only then goes what is no longer part of it.
 */
export function replaceFolder(folder, fresh) {
  const files = listFiles(fresh).sort((one, other) => turnOf(one) - turnOf(other));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    renameSync(join(fresh, file), join(folder, file));
  }
  const kept = new Set(files);
  for (const file of listFiles(folder)) if (!kept.has(file)) rmSync(join(folder, file));
  rmSync(fresh, { recursive: true });
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

const turnOf = (file) => ['.cjs', '.js', '.html'].indexOf(extname(file));
