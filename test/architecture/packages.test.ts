import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  /** A workspace, or the link to it. */
  readonly link?: true;
  readonly hasInstallScript?: true;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const { workspaces = [], ...root } = manifestIn('.');
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const packages = Object.entries(lock.packages).filter(
  ([path, { link }]) => path !== '' && !link && !path.startsWith('packages/'),
);

it.each([['.', root] as const, ...workspaces.map((folder) => [folder, manifestIn(folder)] as const)])(
  'every package that %s names is pinned to one version',
  (_, { dependencies, devDependencies }) => {
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  },
);

it('no package runs anything when it is installed', () => {
  const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  // its script only makes smaller builds, for those who ask for one (docs/adr/012-exif-by-a-kept-reader.md)
  // the scripts of ssh2 and of what it may bring compile what is quicker; it does without (ssh2, lib/protocol/crypto.js)
  expect(withScript).toEqual(['node_modules/cpu-features', 'node_modules/exifreader', 'node_modules/ssh2']);
  expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
});

it('the lock file knows the packages of every system, so that a clean install works on each', () => {
  const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

it('what is compiled for another C library is not installed beside what runs', () => {
  // the packages of libsql do not say it themselves: where the lock file is made anew, it is entered again by hand
  const forOneLibrary = packages.filter(([path]) => /linux-(?:x64|arm64)-(?:gnu|musl)$/.test(path));
  expect(forOneLibrary.length).toBeGreaterThan(10);
  expect(forOneLibrary.filter(([, { libc = [] }]) => libc.length !== 1).map(([path]) => path)).toEqual([]);
});

/** Whether a package at `path` finds `name` as Node does: beside it, or in a folder above. */
function isLocked(path: string, name: string): boolean {
  const folders = path
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return ['', ...folders.map((folder) => `${folder}/`)].some(
    (folder) => `${folder}node_modules/${name}` in lock.packages,
  );
}

it('every package of every system is locked by its content, and no registry is named', () => {
  expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
