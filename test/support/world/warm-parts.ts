import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inject } from 'vitest';
import { endParts, type Parts, startParts } from './parts.ts';
import { SandboxApi } from './sandbox-api.ts';

/**
 * To start two processes, and to run in them what no compiler has seen yet, is two thirds of a conversation's work. So the files of a
 * worker hold theirs with one sandbox and one bot, which begin afresh as by *Start the story again*.
 */
let kept: Parts | undefined;

/** Parts that begin afresh: those of the file before, or new ones. */
export async function takeWarm(): Promise<Parts> {
  const parts = kept;
  kept = undefined;
  if (parts === undefined) return await startParts();
  rmSync(noteOf(parts));
  for (const log of ['bot.log', 'sandbox.log']) truncateSync(join(parts.dataDir, log));
  try {
    await new SandboxApi(parts.sandboxUrl).post('/reset', {});
    return parts;
  } catch (error) {
    await endParts(parts);
    throw error;
  }
}

/** For the worker's next file, if both run; `end-warm-parts.ts` ends them when all tests are over. */
export async function keepWarm(parts: Parts): Promise<void> {
  const pids = [parts.bot.pid, parts.sandbox.pid];
  if (kept !== undefined || pids.includes(undefined)) return await endParts(parts);
  kept = parts;
  writeFileSync(noteOf(parts), JSON.stringify({ pids, dataDir: parts.dataDir }));
}

function noteOf({ dataDir }: Parts): string {
  return join(inject('keptWarm'), `${basename(dataDir)}.json`);
}
