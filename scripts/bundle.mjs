import { createHash } from 'node:crypto';
import { realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** What brings machine code. */
const LEFT_OUT = ['sharp', 'libsql'];

/**
 * Makes one file of a compiled entry and of all that it imports: to look up, read and compile some 1,500 files is more than half of
 * what a start takes. `entry` is below `root`, in a folder called `fresh`; in its place comes what runs the one file beside it
 * (`run-bundle.mjs`). What else is in `fresh` stays, for workers and tests. Packages of ours are taken from folders called as
 * `fresh`, since their `dist/` is not there yet.
 */
export async function bundle(root, fresh, entry) {
  const outDir = dirname(join(root, entry));
  const name = basename(entry, '.js');
  const { output } = await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    // of packages: that they use `eval`
    logLevel: 'error',
    ssr: { noExternal: true, external: LEFT_OUT, target: 'node' },
    plugins: [freshPackages(fresh), clientsWithin(), ownPlaces(root, fresh, swapped(outDir + sep, fresh, 'dist'))],
    build: {
      ssr: join(root, entry),
      write: false,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { output: { format: 'cjs', comments: false, codeSplitting: false } },
    },
  });
  const code = inAscii(output[0].code);
  // what was compiled of other code must not be taken for this one's
  const file = `${name}-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.cjs`;
  writeFileSync(join(outDir, file), code);
  const runner = relative(swapped(outDir + sep, fresh, 'dist'), join(root, 'scripts', 'run-bundle.mjs'));
  writeFileSync(
    join(outDir, `${name}.js`),
    `import { runBundle } from '${runner.split(sep).join('/')}';\n\nrunBundle(new URL('${file}', import.meta.url));\n`,
  );
  return file;
}

function freshPackages(fresh) {
  return {
    name: 'fresh-packages',
    enforce: 'pre',
    resolveId: (id) =>
      id.startsWith('@field/') ? realpathSync(swapped(fileURLToPath(import.meta.resolve(id)), 'dist', fresh)) : null,
  };
}

/** What DingTalk's clients are required by is the one file, so that they are in it and what was compiled of them is kept. */
function clientsWithin() {
  return {
    name: 'clients-within',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith(join('dingtalk', 'sdk.js'))
        ? code.replace('const require = createRequire(import.meta.url);', '')
        : null,
  };
}

/** Each module goes on to find the files beside it where they will lie: `import.meta.url` says where it would stand by itself. */
function ownPlaces(root, fresh, outDir) {
  return {
    name: 'own-places',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(root) || id.includes(`${sep}node_modules${sep}`) || !code.includes('import.meta.url'))
        return null;
      const place = relative(outDir, swapped(id, fresh, 'dist'));
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

/** The same code with all other letters written as `\uXXXX`, as texts and patterns may hold them: V8 keeps it in half the room. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
