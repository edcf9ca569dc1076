import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a worker notes what it leaves running for its next file. */
    keptWarm: string;
  }
}

/** What a worker left running: the processes and their folder. */
export const keptPartsSchema = z.strictObject({ pids: z.array(z.number()), dataDir: z.string() });

const END_WITHIN_MS = 60_000;

/** A worker does not know which of its files is the last: what it kept running is ended here, after all of them. */
export function setup(project: TestProject): () => Promise<void> {
  const notes = mkdtempSync(join(tmpdir(), 'kept-warm-'));
  project.provide('keptWarm', notes);
  return async () => {
    const kept = readdirSync(notes).map((note) =>
      keptPartsSchema.parse(JSON.parse(readFileSync(join(notes, note), 'utf8'))),
    );
    await Promise.all(kept.flatMap(({ pids }) => pids.map(end)));
    for (const { dataDir } of kept) rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    rmSync(notes, { recursive: true, force: true });
  };
}

async function end(pid: number): Promise<void> {
  const deadline = performance.now() + END_WITHIN_MS;
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; sent(pid, signal); signal = 0) {
    if (performance.now() > deadline) sent(pid, 'SIGKILL');
    await after(20);
  }
}

/** Whether there is still such a process. */
function sent(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
