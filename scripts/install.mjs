import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assertMayChange } from './own-tree.mjs';
import { root } from './root.mjs';

/**
 * Runs `npm ci` when a package of the lock file is missing from node_modules or stands there in another version.
 * Without `dev` only what the product itself needs is looked at, and tools that are there already are kept.
 */
export function ensureInstalled({ dev }) {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!Object.keys(wanted).some((path) => isNeeded(wanted[path], dev) && !isThere(path, wanted[path], present[path]))) {
    return;
  }
  assertMayChange('lacks packages, or has others than it needs');
  const withTools = dev || Object.values(present).some((entry) => entry.dev);
  const count = Object.values(wanted).filter((entry) => isNeeded(entry, withTools)).length;
  console.error(`Installing ${count} packages from npm. This takes a minute or two, and happens only once …`);
  dropLink(join(root, 'node_modules'));
  npm(['ci', ...(withTools ? [] : ['--omit=dev']), '--no-audit', '--no-fund']);
}

/** Entries by path of a lock file, without the project itself; none when there is no such file. */
function readPackages(file) {
  const path = join(root, file);
  if (!existsSync(path)) return {};
  const { '': _project, ...packages } = JSON.parse(readFileSync(path, 'utf8')).packages;
  return packages;
}

/** Optional packages are those of other systems: npm leaves them out by itself. */
function isNeeded(entry, dev) {
  return !entry.optional && !entry.devOptional && (dev || !entry.dev);
}

function isThere(path, wanted, present) {
  return (
    present?.version === wanted.version &&
    present.integrity === wanted.integrity &&
    existsSync(join(root, path, 'package.json'))
  );
}

/** A folder lent by another checkout stays as it is: npm would empty it through the link. */
function dropLink(folder) {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(folder);
}

/** npm's own noise is shown only when it fails. */
function npm(args) {
  const script = process.env.npm_execpath;
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: '' } };
  const result = script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trim());
  console.error('npm could not install the packages (its words are above). Nothing was started.');
  process.exit(1);
}

if (process.argv[1] === join(root, 'scripts', 'install.mjs')) ensureInstalled({ dev: true });
