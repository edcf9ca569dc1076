import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const setupFiles = ['test/support/loopback-only.mjs', 'test/support/one-seed.ts'];
const MEMORY = '/dev/shm';
/**
 * On two cores vitest would take one. The quick ones wait as long as they work: for a time to come, a disk, a process of theirs; and
 * conversations longer, each of their processes for the others, and for what only time brings.
 */
const [quickWorkers, maxWorkers] = [Math.max(4, availableParallelism()), Math.max(5, availableParallelism())];
/** Tests write to memory where there is room: each commit of a store waits for its disk, and disks are slow. */
const env = roomInMemory() ? { TMPDIR: forThisRun() } : {};
/** The workspaces' sources rather than what was built of them. */
const conditions = ['source', 'module', 'node', 'development|production'];
const sources = { resolve: { conditions }, ssr: { resolve: { conditions } } };
/**
 * Guards against what hangs, and nothing else: no proof rests on them. So there is one for all tests, far above what the longest
 * takes while twenty other programmes want the same two cores.
 */
const limits = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 250_000, interval: 20 } } };
/**
 * Files of a worker share what they import, which is a third of the quick ones' work: nothing of the product is kept in a module. So no test
 * resets modules: the next file would declare every collection again.
 */
const isolate = false;
const globalSetup = ['test/support/drop-models-databases.ts'];

function roomInMemory(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > 2 * 1024 ** 3;
}

/** A folder that goes with the run: memory that is not given back is missing until the machine is started anew. */
function forThisRun(): string {
  const folder = mkdtempSync(join(MEMORY, 'tests-'));
  // some tests play another user
  chmodSync(folder, 0o755);
  process.once('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // what somebody still writes to stays, and says nothing of the tests
    }
  });
  return folder;
}

/**
 * The quick ones first; then conversations and the browser, five files at a time on a small machine: each runs several
 * processes, which wait for one another more than for the machine. In one group a worker would go from project to project, and
 * begin anew each time.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // what was made of a source is kept by its content, for the next run, and for the other projects of this one
    experimental: { fsModuleCache: true },
    // the product's own lines; what conversations run in other processes is not seen
    coverage: {
      provider: 'v8',
      include: ['{src,cards,handlers,models}/**/*.ts', 'packages/*/src/**/*.ts'],
      reporter: ['text-summary'],
    },
    projects: [
      {
        ...sources,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: ['test/scenarios/**', 'test/invariants/**', 'test/browser/**'],
          setupFiles,
          env,
          globalSetup,
          ...limits,
          maxWorkers: quickWorkers,
          isolate,
          sequence: { groupOrder: 0 },
        },
      },
      ...['scenarios', 'invariants', 'browser'].map((name) => ({
        ...sources,
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          setupFiles,
          // the browser starts from the folder for temporary files, which must not be one that forbids it
          env: name === 'browser' ? {} : env,
          globalSetup: [
            ...globalSetup,
            'test/support/ensure-built.ts',
            'test/support/end-warm-parts.ts',
            ...(name === 'browser' ? ['test/browser/support/unpack-browser.ts'] : []),
          ],
          ...limits,
          maxWorkers,
          isolate,
          sequence: { groupOrder: 1 },
        },
      })),
    ],
  },
});
