import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const RUNNER = pathToFileURL('scripts/run-bundle.mjs').href;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-bundle-'));
  writeFileSync(
    join(folder, 'some.cjs'),
    'console.log(require("node:path").basename(__filename), typeof module.exports);',
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a process says that runs it, and whether it took what was compiled before. */
function run(env: Readonly<Record<string, string>> = {}): string[] {
  const bundle = pathToFileURL(join(folder, 'some.cjs')).href;
  const program = `import { runBundle } from '${RUNNER}'; console.log(runBundle(new URL('${bundle}')));`;
  const args = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, args, { encoding: 'utf8', env }).trim().split('\n');
}

const compiled = () => join(folder, 'some.code');

it('takes what was compiled at the build', () => {
  expect(run()).toEqual(['some.cjs object', 'false']);
  expect(run({ KEEP_CODE: '1' })).toEqual(['some.cjs object', 'false']);
  expect(statSync(compiled()).mode & 0o777).toBe(0o644);
  expect(run()).toEqual(['some.cjs object', 'true']);
});

it('runs without where that is of another V8, cut short, empty or cannot be read', () => {
  for (const bytes of ['', 'something else', Buffer.alloc(10_000)]) {
    writeFileSync(compiled(), bytes);
    expect(run()).toEqual(['some.cjs object', 'false']);
  }
  rmSync(compiled());
  mkdirSync(compiled());
  expect(run()).toEqual(['some.cjs object', 'false']);
});

it('says how much garbage may lie in words that this V8 knows', async () => {
  const { HEAP_GROWS_BY }: { readonly HEAP_GROWS_BY: string } = await import(RUNNER);
  const known = (flag: string): boolean => spawnSync(process.execPath, [flag, '--eval', '']).status === 0;
  expect([HEAP_GROWS_BY, '--heap-growing-procent=90'].map(known)).toEqual([true, false]);
});
