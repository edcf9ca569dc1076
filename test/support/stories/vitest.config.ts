import { defineConfig } from 'vitest/config';

/** What the test of stories runs; no part of the suite. */
export default defineConfig({ test: { include: ['*.story.ts'] } });
