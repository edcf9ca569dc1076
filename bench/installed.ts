import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './row.ts';

const MB = 1024 * 1024;
const FONTS = /^node_modules\/@fontsource/;

/** What a production install takes: the packages that the lock file does not call development, as they lie here. */
export async function installRows(): Promise<Row[]> {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };
  const installed = Object.entries(packages).filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev);
  const sizes = installed.map(([path]) => ({ path, bytes: sizeOf(path) }));
  const sum = (of: typeof sizes): number => of.reduce((total, { bytes }) => total + bytes, 0) / MB;
  const fonts = sizes.filter(({ path }) => FONTS.test(path));
  const others = sizes.filter(({ path }) => !FONTS.test(path));
  const largest = others.toSorted((one, other) => other.bytes - one.bytes).slice(0, 4);
  const bound = largest
    .map(({ path, bytes }) => `${path.replace('node_modules/', '')} ${Math.round(bytes / MB)}`)
    .join(', ');
  return [
    { name: 'install.mb', value: sum(others), unit: 'MB without fonts', goal: { atMost: 230 }, bound },
    { name: 'install.fontsMb', value: sum(fonts), unit: 'MB', goal: { atMost: 60 }, bound: `${fonts.length} packages` },
  ];
}

interface Package {
  readonly dev?: boolean;
}

/** On the disk, in its blocks; without packages inside of it, which the lock file has for themselves. Of one that is for another system, 0. */
function sizeOf(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.blocks * 512;
  const inner = readdirSync(path).filter((name) => name !== 'node_modules');
  return inner.reduce((total, name) => total + sizeOf(join(path, name)), stat.blocks * 512);
}
