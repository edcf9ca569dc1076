import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

/** Installs and builds what is missing, then runs vitest once; its exit code is ours. */
export async function runTests(args) {
  ensureInstalled({ dev: true });
  await ensureBuilt();
  const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  vitest.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
