import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

const SOURCES = [
  'bench',
  'cards',
  'handlers',
  'migrations',
  'models',
  'packages',
  'programmes',
  'scripts',
  'src',
  'test/support',
];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json'];
let checkout: string;

const inCheckout = (...path: string[]) => join(checkout, ...path);
const pageFile = (name: string) => inCheckout('packages/dingtalk-sandbox/dist/page', name);
const fontFile = (name: string) => pageFile(join('assets/fonts', name));
const assetsOfPage = () => readFileSync(pageFile('index.html'), 'utf8').match(/assets\/[^"]+/g) ?? [];

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'building-'));
  const isSource = (path: string) => !/\/(dist|node_modules|\.building)$/.test(path);
  for (const path of SOURCES) cpSync(path, inCheckout(path), { recursive: true, filter: isSource });
  for (const path of SETTINGS) cpSync(path, inCheckout(path));
  // what an earlier build left there, of other sources; into nothing a fresh clone builds, in CI
  for (const path of ['.', ...readdirSync('packages').map((name) => join('packages', name))]) {
    cpSync(join(path, 'dist'), inCheckout(path, 'dist'), { recursive: true });
  }
  lendPackages();
});

afterAll(() => rm(checkout, { recursive: true }));

/** Everything installed, but the workspaces' own packages from the new checkout. */
function lendPackages(): void {
  mkdirSync(inCheckout('node_modules/@field'), { recursive: true });
  for (const name of readdirSync('node_modules')) {
    if (name !== '@field') symlinkSync(resolve('node_modules', name), inCheckout('node_modules', name));
  }
  for (const name of readdirSync('packages')) {
    symlinkSync(inCheckout('packages', name), inCheckout('node_modules/@field', name));
  }
}

/** What each of the builds said, all started at once. */
function buildAtOnce(count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const build = spawn(process.execPath, [inCheckout('scripts/build.mjs')]);
      let said = '';
      for (const stream of [build.stdout, build.stderr]) stream.on('data', (text) => (said += text));
      const code = await new Promise((done) => build.once('close', done));
      return code === 0 ? said : `${said}ended with ${code}`;
    }),
  );
}

/** Looks at what is built, again and again until the builds are done: what was not there, or empty, although it is a part of it. */
async function watch<T>(builds: Promise<T>): Promise<{ said: T; looks: number; missing: string[] }> {
  // of five hundred fonts every tenth: to look at all of them takes longer than a gap may last, and the processor from the builds
  const fonts = readdirSync(pageFile('assets/fonts')).filter((_, nth) => nth % 10 === 0);
  const lasting = [inCheckout('dist/src/main.js'), ...fonts.map(fontFile)];
  const missing = new Set<string>();
  let done = false;
  let looks = 0;
  const ended = builds.finally(() => {
    done = true;
  });
  while (!done) {
    looks += 1;
    const named = assetsOfPage().filter((name) => !isThere(pageFile(name)));
    // a page that came meanwhile names others
    const stillNamed = named.length === 0 ? [] : assetsOfPage().filter((name) => named.includes(name));
    for (const file of [...stillNamed, ...lasting.filter((path) => !isThere(path))]) missing.add(file);
    // until everything is put into place, which takes the build's note away first, somebody looks now and then
    await later(isThere(inCheckout('dist/built-from.json')) ? 40 : 1);
  }
  return { said: await ended, looks, missing: [...missing] };
}

const isThere = (file: string) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;

it('two builds at once build once, and who reads what is built never meets a gap', async () => {
  const before = assetsOfPage();
  const style = before.find((name) => name.endsWith('.css'));
  const gone = inCheckout('dist/src/soon-gone.js');
  writeFileSync(gone, 'export {};\n');
  appendFileSync(inCheckout('packages/dingtalk-sandbox/src/page/style/index.css'), '.new { color: red; }\n');
  const { said, looks, missing } = await watch(buildAtOnce(2));
  expect(said.filter((words) => words.includes('Building …'))).toHaveLength(1);
  expect(said.join('')).not.toMatch(/ended with|will take a second longer/);
  expect({ missing, oftenLooked: looks > 20 }).toEqual({ missing: [], oftenLooked: true });

  for (const [folder, name] of [
    ['dist/src', 'main'],
    ['dist/scripts', 'op'],
    ['packages/demo/dist', 'sandbox'],
  ] as const) {
    const [, bundle] = readFileSync(inCheckout(folder, `${name}.js`), 'utf8').match(/'(\S+)\.cjs'/) ?? [];
    expect(isThere(inCheckout(folder, `${bundle}.cjs`)) && isThere(inCheckout(folder, `${bundle}.code`))).toBe(true);
  }
  expect(assetsOfPage()).not.toContain(style);
  expect(existsSync(pageFile(String(style)))).toBe(false);
  expect(existsSync(gone)).toBe(false);
  expect(await buildAtOnce(1)).toEqual(['']);
});
