import { join } from 'node:path';
import { build } from 'vite';
import { root } from './root.mjs';

/** What the licences of the bundled packages ask for. */
const NOTICE =
  '/*! With dingtalk-jsapi (MIT) and promise-polyfill (MIT, Copyright (c) 2014 Taylor Hakes, Copyright (c) 2014 Forbes Lindesay) */';

/** Bundles the script of the pages behind the entries at the bottom of the chat, with DingTalk's own JSAPI, into `open-entry.js` of `outDir`. */
export async function buildEntryPage(outDir) {
  await build({
    root: join(root, 'src/web/entries/client'),
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      // the web views of phones that are some years old
      target: 'es2017',
      reportCompressedSize: false,
      rolldownOptions: { output: { postBanner: NOTICE } },
      lib: { entry: 'open-entry.ts', formats: ['iife'], name: 'entry', fileName: () => 'open-entry.js' },
    },
  });
}
