import { collection } from './collection.ts';
import { list, number } from './fields.ts';

/** The processes that work on one database: who is alive, and what a dead one may have left open (architecture 8). */
const Processes = collection('processes', {
  id: 'process',
  fields: {
    /** Goes on counting while it lives. */
    beat: number(),
    /** See `transactionSessions`. */
    sessions: list<string>(),
  },
});

/** Another process, as it stands in the database. */
export interface OtherProcess {
  readonly process: string;
  readonly beat: number;
  readonly sessions: readonly string[];
}

/** Says that this process is alive; `true` where nobody knew it: it is new, or was taken for dead. */
export async function sayAlive(process: string, sessions: readonly string[]): Promise<boolean> {
  const said = { inc: { beat: 1 }, setOnInsert: { sessions } };
  return (await Processes.update({ process }, said, { upsert: true })).upsertedCount === 1;
}

export async function otherProcesses(process: string): Promise<readonly OtherProcess[]> {
  return await Processes.find({ process: { $ne: process } });
}

export async function forgetProcess(process: string): Promise<void> {
  await Processes.removeAll({ process });
}
