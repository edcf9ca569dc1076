import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const PACKAGE = dirname(fileURLToPath(import.meta.url));

/**
 * Builds the chat page into `outDir`, emptied first: `index.html`, and in `assets/`, named by their content, the script, the
 * styles, and the fonts of every language, so that nothing is fetched from elsewhere.
 */
export async function buildPage(outDir) {
  await build({
    root: join(PACKAGE, 'src/page'),
    base: './',
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    css: { postcss: { plugins: [woff2Alone] } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      modulePreload: false,
      // the page's policy allows no `data:` addresses
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: {
          entryFileNames: 'assets/page.[hash].js',
          assetFileNames: ({ names }) =>
            names.some((name) => name.endsWith('.woff2'))
              ? 'assets/fonts/[name].[hash][extname]'
              : 'assets/[name].[hash][extname]',
        },
      },
    },
  });
}

/** Every browser that runs the page reads woff2. */
const woff2Alone = {
  postcssPlugin: 'woff2-alone',
  Once(root) {
    root.walkAtRules('font-face', (face) => {
      face.walkDecls('src', (source) => {
        source.value = source.value.replace(/, url\([^)]+\.woff\) format\('woff'\)/, '');
      });
    });
  },
};
