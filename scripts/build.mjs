import './node-version.mjs';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';
import { alone } from './build-lock.mjs';
import { keepCode } from './keep-code.mjs';
import { assertMayChange } from './own-tree.mjs';
import { replaceFolder } from './replace-folder.mjs';
import { root } from './root.mjs';

const PACKAGES = ['kit', 'embedded-store', 'dingtalk-sandbox', 'demo'];
/** What comes into `folder/dist`: what is in `sources`, as it lies below `base`; both below the folder. */
const PARTS = [
  ...PACKAGES.map((name) => ({ folder: `packages/${name}`, sources: ['src'], base: 'src' })),
  // the benchmarks hold their conversations with the tests' own support
  {
    folder: '.',
    sources: ['src', 'cards', 'handlers', 'models', 'migrations', 'scripts', 'bench', 'test/support'],
    base: '.',
  },
];
const SETTINGS = ['tsconfig.json', 'package-lock.json'];
/** What runs in browsers is bundled. */
const BUNDLED = [
  join('packages', 'dingtalk-sandbox', 'src', 'page'),
  join('src', 'web', 'entries', 'client', 'open-entry.ts'),
  join('src', 'web', 'entries', 'client', 'tsconfig.json'),
  join('src', 'web', 'capture', 'client', 'page'),
];
/** What is compiled, run where it stands, or read by people. */
const NOT_COPIED = new Set(['.ts', '.tsx', '.mjs', '.md']);
/** Beside each dist/: what is found by its way from there is found from here, too. */
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
  assertMayChange('is not built from the sources that lie there');
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
  const own = Object.keys(sources).filter(
    (path) => !SETTINGS.includes(path) && !BUNDLED.some((folder) => path.startsWith(folder)),
  );
  await Promise.all([
    compile(own.filter((path) => extname(path) === '.ts')),
    buildPage(),
    buildEntryPage(),
    buildScanPage(),
  ]);
  await keepReading();
  await Promise.all(BUNDLES.map(bundle));
  copyAssets(own.filter((path) => !NOT_COPIED.has(extname(path))));
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
async function buildScanPage() {
  const page = await import('./build-scan-page.mjs');
  await page.buildScanPage(join(root, FRESH, 'src', 'web', 'capture', 'files'));
}

/** Imported late as well. */
async function bundle(entry) {
  const bundles = await import('./bundle.mjs');
  await bundles.bundle(root, FRESH, entry);
}

/** Imported late as well. A start reads what is not kept so. */
async function keepReading() {
  const reading = await import('./keep-reading.mjs');
  await reading
    .keepReading(root, FRESH)
    .catch(({ message }) => console.error(`Each start will read the programme: ${message}`));
}

/** Types are the guards' work; here they are left out, and the sources become JavaScript. Imported late as well. */
async function compile(paths) {
  const { transformWithOxc } = await import('vite');
  const typescript = { onlyRemoveTypeImports: true, rewriteImportExtensions: 'rewrite' };
  const options = { target: 'es2023', sourcemap: false, typescript };
  await Promise.all(
    paths.map(async (path) => {
      const { code } = await transformWithOxc(await readFile(join(root, path), 'utf8'), join(root, path), options);
      await writeFile(placed(path).replace(/\.ts$/, '.js'), code);
    }),
  );
}

function copyAssets(paths) {
  for (const path of paths) cpSync(join(root, path), placed(path));
}

/** Where a source comes, in a folder that is there. */
function placed(path) {
  const { folder, base } = PARTS.find((part) => part.folder === '.' || path.startsWith(`${part.folder}/`));
  const place = join(root, folder, FRESH, relative(join(folder, base), path));
  mkdirSync(dirname(place), { recursive: true });
  return place;
}

if (process.argv[1] === join(root, 'scripts', 'build.mjs')) await ensureBuilt();
