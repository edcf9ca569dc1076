import './node-version.mjs';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { alone } from './build-lock.mjs';
import { keepCode } from './keep-code.mjs';
import { replaceFolder } from './replace-folder.mjs';
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
/** What runs in browsers is bundled. */
const BUNDLED = [join('packages', 'dingtalk-sandbox', 'src', 'page'), join('src', 'web', 'entries', 'client')];
const COMPILED = new Set(['.ts', '.tsx', '.mjs', '.md']);
/** Beside each dist/: a source map tells its sources by their way from there. */
const FRESH = '.building';
const BUNDLES = [
  join(FRESH, 'src', 'main.js'),
  join(FRESH, 'scripts', 'op.js'),
  join('packages', 'demo', FRESH, 'sandbox.js'),
];
const LOCK = join(root, '.building.lock');
const STAMP = join(root, 'dist', 'built-from.json');

/**
 * Builds into each part's dist/ when any source has changed since the last build: compiled code, the files it reads, what runs in browsers.
 * Others may start from dist/ or read the page meanwhile, and may call for the same build.
 */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await alone(LOCK, async () => {
    if (isBuilt()) return;
    console.error('Building …');
    await build();
  });
}

function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === JSON.stringify(listSources());
}

async function build() {
  for (const { folder } of PARTS) rmSync(join(root, folder, FRESH), { recursive: true, force: true });
  const sources = listSources();
  await Promise.all([...PARTS.map(compile), buildPage(), buildEntryPage()]);
  await Promise.all(BUNDLES.map(bundle));
  copyAssets(Object.keys(sources));
  rmSync(STAMP, { force: true });
  for (const { folder } of PARTS) replaceFolder(join(root, folder, 'dist'), join(root, folder, FRESH));
  await keepCode().catch(({ message }) => console.error(`Each start will take a second longer: ${message}`));
  writeFileSync(STAMP, JSON.stringify(sources));
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
  await page.buildPage(join(root, 'packages', 'dingtalk-sandbox', FRESH, 'page'));
}

/** Imported late as well. */
async function buildEntryPage() {
  const page = await import('./build-entry-page.mjs');
  await page.buildEntryPage(join(root, FRESH, 'src', 'web', 'entries'));
}

/** Imported late as well. */
async function bundle(entry) {
  const bundles = await import('./bundle.mjs');
  await bundles.bundle(root, FRESH, entry);
}

/** Types are the guards' work; here the sources only become JavaScript. */
async function compile({ folder }) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(folder, 'tsconfig.build.json');
  const args = [tsc, '-p', project, '--outDir', join(folder, FRESH), '--noCheck'];
  const child = spawn(process.execPath, args, { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code === 0) return;
  console.error(said.trim());
  throw new Error('The sources do not compile.');
}

function copyAssets(paths) {
  for (const path of paths) {
    if (SETTINGS.includes(path) || BUNDLED.some((folder) => path.startsWith(folder)) || COMPILED.has(extname(path)))
      continue;
    const { folder, base } = PARTS.find((part) => part.folder === '.' || path.startsWith(`${part.folder}/`));
    const target = join(root, folder, FRESH, relative(join(folder, base), path));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, path), target);
  }
}

if (process.argv[1] === join(root, 'scripts', 'build.mjs')) await ensureBuilt();
