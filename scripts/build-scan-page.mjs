import { join } from 'node:path';
import { build } from 'vite';
import { root } from './root.mjs';

/** What the licences of the bundled packages ask for. */
const NOTICE =
  '/*! With dingtalk-jsapi (MIT), promise-polyfill (MIT, Copyright (c) 2014 Taylor Hakes, Copyright (c) 2014 Forbes Lindesay) and zxing-wasm (MIT) */';
/** The web views of phones that are some years old. */
const TARGET = 'es2018';

/**
 * Bundles the page `Scan and photograph` into `outDir`: `main-*.js`, what it loads when it is needed (DingTalk's JSAPI, the code reader), and
 * its worker, `sw.js`.
 */
export async function buildScanPage(outDir) {
  await bundle(outDir, {
    input: 'main.ts',
    output: { format: 'es', entryFileNames: 'main-[hash].js', chunkFileNames: '[name]-[hash].js', postBanner: NOTICE },
  });
  await bundle(outDir, { input: 'worker.ts', output: { format: 'iife', entryFileNames: 'sw.js' } });
}

async function bundle(outDir, { input, output }) {
  const folder = join(root, 'src/web/capture/client/page');
  await build({
    root: folder,
    configFile: false,
    envDir: false,
    publicDir: false,
    base: './',
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      target: TARGET,
      reportCompressedSize: false,
      modulePreload: false,
      minify: true,
      rolldownOptions: { input: join(folder, input), output },
    },
  });
}
