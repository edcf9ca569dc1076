import mongoose, { type ClientSession } from 'mongoose';

const UUID_TYPE = 4;

/** How many transactions run at once. */
export const SESSIONS = 16;

interface Sessions {
  readonly free: ClientSession[];
  readonly ids: readonly string[];
}

/** Those of each connection to a database: whoever connects anew begins anew. */
const sessionsOf = new WeakMap<mongoose.mongo.MongoClient, Sessions>();

/**
 * The sessions in which this process's transactions run, hex. They are kept and used again, so that another process can be told of
 * them beforehand: a server keeps what a killed process left open for a minute, and its locks with it.
 */
export function transactionSessions(): readonly string[] {
  return sessions().ids;
}

/** Runs `work` in a session that nobody else has meanwhile; no more than `SESSIONS` at once. */
export async function inSession<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const { free } = sessions();
  const session = free.pop() ?? mongoose.connection.getClient().startSession();
  try {
    return await work(session);
  } finally {
    free.push(session);
  }
}

/** Aborts whatever is open in these sessions; what their process goes on to do there fails as transient. */
export async function endTransactionsIn(
  ids: readonly string[],
  client: Pick<mongoose.mongo.MongoClient, 'db'> = mongoose.connection.getClient(),
): Promise<void> {
  const killSessions = ids.map((id) => ({ id: new mongoose.mongo.Binary(Buffer.from(id, 'hex'), UUID_TYPE) }));
  await client.db('admin').command({ killSessions });
}

function sessions(): Sessions {
  const client = mongoose.connection.getClient();
  const known = sessionsOf.get(client);
  if (known !== undefined) return known;
  const free = Array.from({ length: SESSIONS }, () => client.startSession());
  const fresh = { free, ids: free.map(({ id }) => id?.id.toString('hex') ?? '') };
  sessionsOf.set(client, fresh);
  return fresh;
}
