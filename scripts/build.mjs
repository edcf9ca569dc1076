import './node-version.mjs';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { root } from './root.mjs';

/** One compilation: by `folder/tsconfig.build.json`, from `sources` (below the folder) into `folder/dist`. */
const PACKAGES = ['kit', 'embedded-store', 'dingtalk-sandbox', 'demo'];
const PARTS = [
  ...PACKAGES.map((name) => ({ folder: `packages/${name}`, sources: ['src'], base: 'src' })),
  // the benchmarks hold their conversations with the tests' own support
  {
    folder: '.',
    sources: ['src', 'cards', 'handlers', 'models', 'migrations', 'scripts', 'bench', 'test/support'],
    base: '.',
  },
];
const SETTINGS = [
  'tsconfig.json',
  'package-lock.json',
  ...PARTS.map(({ folder }) => join(folder, 'tsconfig.build.json')),
];
const PAGE = join('packages', 'dingtalk-sandbox', 'src', 'page');
const COMPILED = new Set(['.ts', '.tsx', '.mjs', '.md']);
const stampPath = join(root, 'dist', 'built-from.json');

/** Builds into each part's dist/ when any source has changed since the last build: compiled code, the files it reads, the page. */
export async function ensureBuilt() {
  const sources = listSources();
  const stamp = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : undefined;
  if (stamp && JSON.stringify(stamp) === JSON.stringify(sources)) return;
  console.error('Building …');
  for (const path of Object.keys(stamp ?? {})) if (!(path in sources)) removeBuilt(path);
  await Promise.all([...PARTS.map(compile), buildPage()]);
  copyAssets(Object.keys(sources));
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, JSON.stringify(sources));
}

/** What the parts are made of: path → time of last change and size. */
function listSources() {
  const files = PARTS.flatMap(({ folder, sources }) => sources.map((source) => join(folder, source)))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
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

/** Imported late: what it needs may have been installed only now. */
async function buildPage() {
  const page = await import('@field/dingtalk-sandbox/build-page');
  await page.buildPage();
}

/** Types are the guards' work; here the sources only become JavaScript. */
async function compile({ folder }) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const child = spawn(process.execPath, [tsc, '-p', join(folder, 'tsconfig.build.json'), '--noCheck'], { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code === 0) return;
  console.error(said.trim());
  throw new Error('The sources do not compile.');
}

/** Where something made from a source lies, or is copied to. */
function builtPath(path) {
  const { folder, base } = PARTS.find((part) => part.folder === '.' || path.startsWith(`${part.folder}/`));
  return join(root, folder, 'dist', relative(join(folder, base), path));
}

function removeBuilt(path) {
  const built = builtPath(path).replace(/\.tsx?$/, '.js');
  for (const file of [built, `${built}.map`]) rmSync(file, { force: true });
}

function copyAssets(paths) {
  for (const path of paths) {
    if (SETTINGS.includes(path) || path.startsWith(PAGE) || COMPILED.has(extname(path))) continue;
    const target = builtPath(path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, path), target);
  }
}

if (process.argv[1] === join(root, 'scripts', 'build.mjs')) await ensureBuilt();
