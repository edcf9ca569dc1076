import { AppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import './closed-connections.ts';
import { connectFailureOf, unreadableAddress, type WhyNotConnected } from './connect-failure.ts';

mongoose.set('strictQuery', 'throw');
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);
mongoose.set('bufferCommands', false);

/** Far more than ever work at once: a transaction must get a connection while many writes wait for it to end. */
const MOST_CONNECTIONS = 500;

/**
 * Connects every model to one database; `disconnect` ends it. Whether this release can work with what is stored there, and has
 * its collections and indexes, is not looked at: see `prepareStore`. Errors: `store.unreachable` when nothing answers there now, or
 * `config.invalid`.
 */
export async function connect(uri: string): Promise<void> {
  const unreadable = unreadableAddress(uri);
  if (unreadable !== undefined) throw new AppError('config.invalid', { variable: 'MONGODB_URI', say: unreadable });
  try {
    await mongoose.connect(uri, {
      serverSelectionTimeoutMS: 5_000,
      maxPoolSize: MOST_CONNECTIONS,
      // also below the fields of a record; a filter with an undefined value never comes so far, see `records.ts`
      ignoreUndefined: true,
      writeConcern: { w: 'majority', journal: true },
      retryWrites: true,
    });
    await learnWhetherTogether();
  } catch (cause) {
    const { why, say } = connectFailureOf(uri, cause);
    throw new AppError(codeFor(why), { variable: 'MONGODB_URI', say }, { cause });
  }
}

/** What may come by itself is worth another start; who has the user and the password right needs none. */
function codeFor(why: WhyNotConnected): 'store.unreachable' | 'config.invalid' {
  return why === 'nobody' || why === 'notAsked' ? 'store.unreachable' : 'config.invalid';
}

/** The connected database itself, for what no model does. */
export function database(): mongoose.mongo.Db {
  const { db } = mongoose.connection;
  if (db === undefined) throw new mongoose.mongo.MongoNotConnectedError('There is no connection to a database.');
  return db;
}

/** Databases whose server takes writes of several collections as one command: MongoDB from 8.0 on, and the embedded store, which says so. */
const together = new WeakSet<mongoose.mongo.Db>();
const SINCE_WIRE_VERSION = 25;

async function learnWhetherTogether(): Promise<void> {
  const { maxWireVersion, hasBulkWrite } = await database().admin().command({ hello: 1 });
  if (Number(maxWireVersion) >= SINCE_WIRE_VERSION || hasBulkWrite === true) together.add(database());
}

/** Whether the writes of a transaction may wait for each other. Where they may not each goes as it comes, which means the same. */
export function isTogether(): boolean {
  return together.has(database());
}

/** From now on each goes as it comes. */
export function writeOneByOne(): void {
  together.delete(database());
}

/** How many documents there are, by collection: of all that the database has, whoever made it. */
export async function documentCounts(): Promise<Readonly<Record<string, number>>> {
  const there = await database().listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  const names = there.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  const counts: [string, number][] = [];
  for (const name of names.toSorted()) counts.push([name, await database().collection(name).countDocuments()]);
  return Object.fromEntries(counts);
}

export async function disconnect(): Promise<void> {
  await mongoose.disconnect();
}

/** Removes everything that is stored; the demo's reset. Indexes stay. */
export async function forgetEverything(): Promise<void> {
  const collections = Object.values(mongoose.models).map(({ collection }) => collection.name);
  for (const name of await thatHoldSomething(collections)) await database().collection(name).deleteMany({});
}

/** Asked at once: most collections are empty when a demo begins afresh, and between two tests. */
async function thatHoldSomething(names: readonly string[]): Promise<readonly string[]> {
  const [first, ...others] = names.map((coll, of) => ({
    coll,
    pipeline: [{ $limit: 1 }, { $project: { _id: 1 } }, { $set: { of } }],
  }));
  if (first === undefined) return [];
  const unions = others.map((other) => ({ $unionWith: other }));
  const rows = await database()
    .collection(first.coll)
    .aggregate([...first.pipeline, ...unions])
    .toArray();
  return rows.flatMap(({ of }) => names[of] ?? []);
}
