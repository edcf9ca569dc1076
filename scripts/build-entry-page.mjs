import { join } from 'node:path';
import { build } from 'vite';
import { root } from './root.mjs';

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
      lib: { entry: 'open-entry.ts', formats: ['iife'], name: 'entry', fileName: () => 'open-entry.js' },
    },
  });
}
