import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBuilt } from '../../../test/support/ensure-built.ts';

/** The store as the product's build leaves it, for plain Node with its worker thread; a script in `folder` finds packages, too. */
export function builtStore(folder: string): string {
  ensureBuilt();
  mkdirSync(folder, { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return resolve('packages/embedded-store/dist/index.js');
}
