import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** What brings machine code, and what is loaded when it is first called. */
const LEFT_OUT = ['sharp', 'libsql', '@alicloud/dingtalk', '@alicloud/openapi-client', '@alicloud/tea-util'];

/**
 * Makes one file of the compiled `src/main.js` in `fresh`, below `root`, and of all that it imports: to look up, read and compile some 1,500
 * files is more than half of what a start takes. What is beside it in `fresh` stays, for the bot's workers, commands and tests. Packages of ours
 * are taken from folders called as `fresh`, since their `dist/` is not there yet.
 */
export async function bundleBot(root, fresh) {
  const outDir = join(root, fresh, 'src');
  await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    // of packages: that they use `eval`
    logLevel: 'error',
    ssr: { noExternal: true, external: LEFT_OUT, target: 'node' },
    plugins: [freshPackages(fresh), ownPlaces(root, fresh)],
    build: {
      ssr: join(outDir, 'main.js'),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
    },
  });
}

function freshPackages(fresh) {
  return {
    name: 'fresh-packages',
    enforce: 'pre',
    resolveId: (id) =>
      id.startsWith('@field/') ? realpathSync(swapped(fileURLToPath(import.meta.resolve(id)), 'dist', fresh)) : null,
  };
}

/** Each module goes on to find the files beside it where they will lie: `import.meta.url` says where it would stand by itself. */
function ownPlaces(root, fresh) {
  return {
    name: 'own-places',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(root) || id.includes(`${sep}node_modules${sep}`) || !code.includes('import.meta.url'))
        return null;
      const place = relative(join(root, 'dist', 'src'), swapped(id, fresh, 'dist'));
      return code.replaceAll(
        'import.meta.url',
        `new URL(${JSON.stringify(place.split(sep).join('/'))}, import.meta.url).href`,
      );
    },
  };
}

/** The same place below another folder; of several that are called so the innermost is meant. */
function swapped(path, from, to) {
  const at = path.lastIndexOf(`${sep}${from}${sep}`);
  return at === -1 ? path : path.slice(0, at + 1) + to + path.slice(at + 1 + from.length);
}
