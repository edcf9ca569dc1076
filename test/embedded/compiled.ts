import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Compiles the store into a folder, as the product's build does, so that plain Node runs it with its worker thread. */
export function compileStore(folder: string): string {
  mkdirSync(join(folder, 'src'), { recursive: true });
  cpSync('src/embedded', join(folder, 'src/embedded'), { recursive: true });
  cpSync('src/errors.ts', join(folder, 'src/errors.ts'));
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const options = [
    '--noCheck',
    '--target',
    'es2023',
    '--module',
    'nodenext',
    '--rewriteRelativeImportExtensions',
    '--rootDir',
    'src',
  ];
  execFileSync('npx', ['tsc', ...options, '--outDir', 'dist', 'src/embedded/start.ts', 'src/embedded/worker.ts'], {
    cwd: folder,
  });
  return join(folder, 'dist/embedded/start.js');
}
