import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mongo } from 'mongoose';
import { endTransactionsIn, transactionSessions } from '../../models/sessions.ts';

const READY = 'ready';

/** In a process that a test will kill: says in which sessions it works, and that it begins; each further letter is a commit. */
export const sayReady = (): void => void process.stdout.write(`${transactionSessions().join()} ${READY}`);

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What happens to it, so long after so many of its commits. */
interface Fate {
  readonly afterCommits: number;
  readonly afterMs: number;
  readonly befalls: (process: ChildProcess) => void;
}

/**
 * Waits for the end of a process that says `sayReady`. What one that was killed has left open on the server of `uri` is ended then, as
 * the product's other processes do it (`src/bot/other-processes.ts`): a server keeps it for a minute.
 */
export async function endOf(process: ChildProcess, uri: string, fate?: Fate): Promise<Ended> {
  const ended = once(process, 'exit');
  let said = '';
  let isDue = fate !== undefined;
  process.stdout?.on('data', (chunk: Buffer) => {
    said += chunk;
    const begun = said.indexOf(READY);
    if (!isDue || begun < 0 || said.length < begun + READY.length + (fate?.afterCommits ?? 0)) return;
    isDue = false;
    setTimeout(() => fate?.befalls(process), fate?.afterMs);
  });
  const [code, signal] = await ended;
  if (signal !== null && uri !== '') await endSessions(uri, said.split(' ')[0]?.split(',') ?? []);
  return { code, signal };
}

/** On a connection of its own: several may be killed at once. */
async function endSessions(uri: string, ids: readonly string[]): Promise<void> {
  const client = await new mongo.MongoClient(uri).connect();
  await endTransactionsIn(ids, client);
  await client.close();
}
