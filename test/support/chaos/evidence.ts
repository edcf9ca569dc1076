import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyRow } from '../world/stored-rows.ts';
import type { Hits } from './hits.ts';
import type { Ledger } from './ledger.ts';
import { storingOf, type Topology } from './topology.ts';
import type { Worker } from './worker.ts';

/** What a violation is judged by. */
export interface Evidence {
  readonly topology: Topology;
  /** Names the run: `own-seed-110`. */
  readonly name: string;
  readonly violations: readonly string[];
  readonly ledger: Ledger;
  readonly hits: Hits;
  readonly workers: readonly Worker[];
}

/**
 * Writes down what holds while everything still runs: what was found, which fault hit when, what people know of their work, each chat
 * as it was seen, every row of the store. Answers the folder, in which the topology's own are put when it is closed: the sandbox's
 * record, the logs, what was handed over. What cannot be had just now is left out, and says why.
 */
export async function keepEvidence({ topology, name, violations, ...known }: Evidence): Promise<string> {
  const folder = join(tmpdir(), `chaos-kept-${name}-${Date.now()}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keep = async (file: string, content: () => unknown): Promise<void> => {
    const text = await Promise.resolve()
      .then(content)
      .catch((problem: unknown) => `cannot be had: ${problem}`);
    writeFileSync(join(folder, file), typeof text === 'string' ? text : JSON.stringify(text, null, 1));
  };
  await keep('violations.txt', () => violations.join('\n'));
  await keep('faults.txt', () => known.hits.log.join('\n'));
  await keep('ledger.json', () => ({ ...known.ledger, submitted: [...known.ledger.submitted] }));
  await keep('chats.json', async () => {
    const chats = known.workers.map(async (worker) => [worker.userId, await worker.looks()] as const);
    return Object.fromEntries(await Promise.all(chats));
  });
  await keep('rows.json', () => everyRow(storingOf(topology)));
  return folder;
}
