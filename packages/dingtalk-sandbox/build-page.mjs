import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const PACKAGE = dirname(fileURLToPath(import.meta.url));
const PAGE = join(PACKAGE, 'src/page');
const FONT_PACKAGES = ['noto-sans', 'noto-sans-thai', 'noto-sans-sc'];
const WEIGHTS = [400, 600];

/**
 * Builds the chat page into `outDir` (default `dist/page`): `index.html`, and in `assets/` the script and the styles, named
 * by their content, and the fonts of every language, so that nothing is fetched from elsewhere. Answers `outDir`.
 */
export async function buildPage(outDir = join(PACKAGE, 'dist/page')) {
  const assets = join(outDir, 'assets');
  await rm(outDir, { recursive: true, force: true });
  await mkdir(join(assets, 'fonts'), { recursive: true });
  const [script, style, icon] = await Promise.all([
    buildScript(assets),
    buildStyle(assets),
    copyHashed(assets, 'icon.svg'),
  ]);
  const html = await readFile(join(PAGE, 'index.html'), 'utf8');
  const places = { script, style, icon };
  await writeFile(
    join(outDir, 'index.html'),
    html.replace(/\{\{(\w+)\}\}/g, (_, name) => `assets/${places[name]}`),
  );
  return outDir;
}

async function buildScript(assets) {
  const bundle = await rolldown({
    input: join(PAGE, 'main.tsx'),
    platform: 'browser',
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' }, target: 'es2022' },
    tsconfig: false,
  });
  try {
    const { output } = await bundle.write({
      dir: assets,
      format: 'esm',
      entryFileNames: 'page.[hash].js',
      minify: true,
    });
    return output[0].fileName;
  } finally {
    await bundle.close();
  }
}

async function buildStyle(assets) {
  const own = await styleSheet(join(PAGE, 'style/index.css'));
  const fonts = await Promise.all(FONT_PACKAGES.flatMap((name) => WEIGHTS.map((weight) => font(assets, name, weight))));
  return writeHashed(assets, 'page.css', `${fonts.join('\n')}\n${own}`);
}

/** A style sheet with the sheets it imports in their places. */
async function styleSheet(file) {
  const source = await readFile(file, 'utf8');
  const parts = source.split('\n').map((line) => {
    const imported = /^@import ["'](.+)["'];$/.exec(line)?.[1];
    return imported ? styleSheet(join(dirname(file), imported)) : line;
  });
  return (await Promise.all(parts)).join('\n');
}

/** The `@font-face` rules of one weight, their files copied; a browser loads only the parts whose characters it meets. */
async function font(assets, name, weight) {
  const folder = dirname(createRequire(import.meta.url).resolve(`@fontsource/${name}/package.json`));
  const css = await readFile(join(folder, `${weight}.css`), 'utf8');
  const files = [...css.matchAll(/url\(\.\/(files\/[^)]+\.woff2)\)/g)].map((match) => match[1]);
  await Promise.all(files.map((file) => copyFile(join(folder, file), join(assets, 'fonts', basename(file)))));
  return css.replace(/, url\([^)]+\.woff\) format\('woff'\)/g, '').replaceAll('url(./files/', 'url(fonts/');
}

async function copyHashed(assets, name) {
  return writeHashed(assets, name, await readFile(join(PAGE, name), 'utf8'));
}

async function writeHashed(assets, name, content) {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8);
  const [stem, extension] = name.split('.');
  const fileName = `${stem}.${hash}.${extension}`;
  await writeFile(join(assets, fileName), content);
  return fileName;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildPage(process.argv[2] ? resolve(process.argv[2]) : undefined);
}
