import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const setupFiles = ['test/support/loopback-only.mjs'];
/** On two cores vitest would take one. */
const maxWorkers = Math.max(3, availableParallelism());
const globalSetup = ['test/support/build-once.ts'];

/**
 * The quick ones first; then conversations and the browser, three files at a time on a small machine: each runs several processes, which wait for one
 * another more than they work.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/scenarios/**', 'test/invariants/**', 'test/browser/**'],
          setupFiles,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      ...['scenarios', 'invariants', 'browser'].map((name) => ({
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          setupFiles,
          globalSetup,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      })),
    ],
  },
});
