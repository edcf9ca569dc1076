import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Some of `src/media` compiled as the product runs it: threads and processes exist only there. */
export interface BuiltMedia {
  /** Runs a script beside it, in a process that must end by itself; `picture(name)` reads a picture. What it prints last is JSON. */
  run(script: string): Promise<unknown>;
}

/** Compiles these files of `src/media` for one file of tests, and lays pictures and other files beside them. */
export function builtMedia(
  modules: readonly string[],
  files: Readonly<Record<string, () => Promise<Buffer>>>,
): BuiltMedia {
  let built = '';
  let scripts = 0;
  beforeAll(async () => {
    built = await mkdtemp(join(root, 'node_modules', '.media-test-'));
    const config = join(built, 'tsconfig.json');
    const sources = modules.map((name) => join(root, 'src/media', `${name}.ts`));
    await writeFile(
      config,
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { rootDir: root, outDir: built },
        include: [],
        files: sources,
      }),
    );
    await writeFile(join(built, 'package.json'), '{"type":"module"}');
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', config, '--noCheck']);
    for (const [name, make] of Object.entries(files)) await writeFile(join(built, name), await make());
  });
  afterAll(() => rm(built, { recursive: true, force: true }));

  return {
    async run(body) {
      scripts += 1;
      const script = join(built, `script-${scripts}.js`);
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
