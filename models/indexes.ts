import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import { database } from './database.ts';
import { isDuplicateKey } from './duplicate-key.ts';

type Collection = mongoose.mongo.Collection;

/** An index as a model declares it or the server tells it; what is no option is left out. */
interface Index {
  readonly name: string;
  readonly key: mongoose.mongo.Document;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One thing to do so that a collection has the indexes that its model declares. */
interface IndexChange {
  readonly collection: string;
  readonly run: (collection: Collection) => Promise<unknown>;
}

/** Beside the index that it replaces a new one is called so, until the next change. */
const SECOND_NAME = '_b';
const NAMESPACE_NOT_FOUND = 26;
/** What is said of an index and changes nothing about what it does. */
const NO_MEANING = new Set(['v', 'ns', 'background']);

/**
 * What is to be done so that every collection is there, with the indexes that its model declares. One whose declaration has
 * changed is built anew beside the old one, which goes then, so that nothing unique is unguarded meanwhile. An index that no
 * model declares stays: an operator's own stays for ever, one of ours until a migration drops it.
 */
export async function indexChanges(): Promise<readonly IndexChange[]> {
  const changes = Object.values(mongoose.models).map(async ({ collection: { name }, schema }) => {
    const known = await indexesOf(database().collection(name));
    const declared = declaredIn(schema);
    return known === undefined ? [create(name, declared)] : changesOf(name, declared, known);
  });
  return (await Promise.all(changes)).flat();
}

/**
 * Does what `indexChanges` found, one after the other; `beforeEach` may throw to end it. Errors: `store.duplicates` when documents
 * of the store contradict a unique index, `say` names them.
 */
export async function changeIndexes(
  changes: readonly IndexChange[],
  beforeEach: () => void = () => undefined,
): Promise<void> {
  for (const { collection, run } of changes) {
    beforeEach();
    await run(database().collection(collection));
  }
}

function changesOf(collection: string, declared: readonly Index[], known: readonly Index[]): IndexChange[] {
  const then = (run: IndexChange['run']): IndexChange => ({ collection, run });
  return declared.flatMap((wanted) => {
    const names = [wanted.name, `${wanted.name}${SECOND_NAME}`];
    const same = known.find((index) => isSame(index, wanted));
    const old = known.filter((index) => names.includes(index.name) && index !== same);
    const drops = old.map(({ name }) => then((on) => on.dropIndex(name)));
    if (same !== undefined) return drops;
    const twin = known.find((index) => isSame(withoutTime(index), withoutTime(wanted)));
    if (twin !== undefined) return changesOfTime(twin, wanted).map(then);
    const free = names.find((name) => !old.some((index) => index.name === name));
    // both names are taken when a change was broken off between its two steps, and was changed again
    if (free === undefined) return [...drops, then((on) => build(on, wanted, wanted.name))];
    return [then((on) => build(on, wanted, free)), ...drops];
  });
}

/** A server has no two that differ in their time alone, so that the old one goes first where its time cannot be changed. */
function changesOfTime({ name }: Index, wanted: Index): IndexChange['run'][] {
  const { expireAfterSeconds } = wanted.options;
  if (expireAfterSeconds === undefined) return [(on) => on.dropIndex(name), (on) => build(on, wanted, wanted.name)];
  return [(on) => database().command({ collMod: on.collectionName, index: { name, expireAfterSeconds } })];
}

/** A collection that is not there has nothing to build from: its indexes come with it, in one command. */
function create(collection: string, declared: readonly Index[]): IndexChange {
  const specifications = declared.map(({ name, key, options }) => ({ ...options, key, name }));
  if (specifications.length === 0) return { collection, run: () => database().createCollection(collection) };
  return { collection, run: (on) => on.createIndexes(specifications) };
}

async function build(collection: Collection, wanted: Index, name: string): Promise<void> {
  try {
    await collection.createIndex(wanted.key, { ...wanted.options, name });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw await duplicatesOf(collection, wanted, error);
  }
}

/** How many documents contradict a unique index; their values may be people's data and are not told. */
async function duplicatesOf(collection: Collection, { key, options }: Index, cause: unknown): Promise<AppError> {
  const paths = Object.keys(key);
  const times = new Map<string, number>();
  for await (const document of collection.find(Object(options.partialFilterExpression ?? {}))) {
    const value = JSON.stringify(paths.map((path) => at(document, path) ?? null));
    times.set(value, (times.get(value) ?? 0) + 1);
  }
  const counts = [...times.values()].filter((count) => count > 1);
  const documents = counts.reduce((sum, count) => sum + count, 0);
  const { collectionName } = collection;
  const say =
    `In the collection ${collectionName} no two documents may have the same ${paths.join(' and ')}, but ${documents} documents ` +
    `share ${counts.length} of them. Mend them, then start again.`;
  return new AppError(
    'store.duplicates',
    { collection: collectionName, keys: paths.join(), documents, say },
    { cause },
  );
}

function at(document: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value instanceof Object ? Reflect.get(value, part) : undefined), document);
}

function declaredIn(schema: mongoose.Schema): Index[] {
  return schema.indexes().map(([key, options]) => described({ ...options, key }));
}

/** The indexes of a collection without that of `_id`; undefined when there is no such collection. */
async function indexesOf(collection: Collection): Promise<Index[] | undefined> {
  try {
    const all = await collection.listIndexes().toArray();
    return all.filter(({ name }) => name !== '_id_').map(described);
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === NAMESPACE_NOT_FOUND) return undefined;
    throw error;
  }
}

function described(told: mongoose.mongo.Document): Index {
  const { key, name = Object.entries(key).flat().join('_'), ...rest } = told;
  const options = Object.entries(rest).filter(([option, value]) => !NO_MEANING.has(option) && value !== false);
  return { name, key, options: Object.fromEntries(options) };
}

function withoutTime({ options: { expireAfterSeconds: _, ...options }, ...rest }: Index): Index {
  return { ...rest, options };
}

/** Whether they do the same, whatever they are called. */
function isSame(one: Index, other: Index): boolean {
  const [mine, others] = [Object.entries(one.key), Object.entries(other.key)];
  return isDeepStrictEqual(mine, others) && isDeepStrictEqual(one.options, other.options);
}
