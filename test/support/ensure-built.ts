import { execFileSync } from 'node:child_process';

/** Makes `dist/` what the sources say; quick where it is. For a test that runs it. */
export function ensureBuilt(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}

/** Before the first conversation. */
export const setup = ensureBuilt;
