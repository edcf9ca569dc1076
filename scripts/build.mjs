import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { root } from './root.mjs';

// The benchmarks hold their conversations with the tests' own support.
const FOLDERS = ['src', 'cards', 'handlers', 'models', 'scripts', 'bench', join('test', 'support')];
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const PAGE = join('src', 'sandbox', 'page');
const COMPILED = new Set(['.ts', '.tsx', '.mjs', '.md']);
const stampPath = join(root, 'dist', 'built-from.json');

/** Builds into dist/ when any source has changed since the last build: compiled code, the files it reads, the page. */
export async function ensureBuilt() {
  const sources = listSources();
  const stamp = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : undefined;
  if (stamp && JSON.stringify(stamp) === JSON.stringify(sources)) return;
  console.log('Building …');
  for (const path of Object.keys(stamp ?? {})) if (!(path in sources)) removeBuilt(path);
  await buildPage(); // first: it empties its folder
  compile();
  copyAssets(Object.keys(sources));
  writeFileSync(stampPath, JSON.stringify(sources));
}

/** What dist/ is made of: path → time of last change and size. */
function listSources() {
  const files = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
  );
  return Object.fromEntries(
    [...SETTINGS, ...files].sort().map((path) => {
      const { mtimeMs, size } = statSync(join(root, path));
      return [path, `${mtimeMs}:${size}`];
    }),
  );
}

function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  console.error(`${result.stdout}${result.stderr}`.trim());
  throw new Error('The sources do not compile.');
}

function removeBuilt(path) {
  const built = join(root, 'dist', path.replace(/\.tsx?$/, '.js'));
  for (const file of [built, `${built}.map`]) rmSync(file, { force: true });
}

function copyAssets(paths) {
  for (const path of paths) {
    if (SETTINGS.includes(path) || path.startsWith(PAGE) || COMPILED.has(extname(path))) continue;
    const target = join(root, 'dist', path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, path), target);
  }
}

async function buildPage() {
  if (!existsSync(join(root, 'scripts', 'build-page.mjs'))) return;
  const { buildPage: build } = await import('./build-page.mjs');
  await build(join(root, 'dist', PAGE));
}

if (process.argv[1] === join(root, 'scripts', 'build.mjs')) await ensureBuilt();
