import { execFileSync } from 'node:child_process';

/** Before the first conversation: `dist/` is what the sources say. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
