import { defineConfig } from 'vitest/config';

/** What the test of stories runs; no part of the suite. It leaves nothing behind: a new file here would have the product built again. */
export default defineConfig({ test: { include: ['*.story.ts'], cache: false } });
