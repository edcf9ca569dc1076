import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { ensureBuilt } from '../support/ensure-built.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** `src/media` as it was built and the product runs it: threads and processes exist only there. */
export interface BuiltMedia {
  /**
   * Runs a script in a process that must end by itself; it imports from `../../dist/src/media`, and `picture(name)` reads a picture.
   * What it prints last is JSON.
   */
  run(script: string): Promise<unknown>;
}

/** Lays pictures and other files beside the scripts of one file of tests. */
export function builtMedia(files: Readonly<Record<string, () => Promise<Buffer>>>): BuiltMedia {
  let folder = '';
  let scripts = 0;
  beforeAll(async () => {
    ensureBuilt();
    folder = await mkdtemp(join(root, 'node_modules', '.media-test-'));
    for (const [name, make] of Object.entries(files)) await writeFile(join(folder, name), await make());
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  return {
    async run(body) {
      scripts += 1;
      const script = join(folder, `script-${scripts}.mjs`);
      const imports = "import { readFile } from 'node:fs/promises';";
      await writeFile(
        script,
        `${imports}\nconst picture = (name) => readFile(new URL(name, import.meta.url));\n${body}`,
      );
      const { stdout } = await run(process.execPath, [script], { timeout: 250_000 });
      return JSON.parse(stdout);
    },
  };
}
