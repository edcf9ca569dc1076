import { Int32 } from 'bson';
import type { IndexField } from '../catalog.ts';
import { type Call, type Command, namespaceOf } from '../command.ts';
import { type Filter, parseFilter } from '../filter.ts';
import { badValue, typeMismatch } from '../mongo-error.ts';
import { orderedKey, textKey } from '../ordered-key.ts';
import { type Path, partOf } from '../paths.ts';
import { parsePipeline } from '../pipeline.ts';
import { compileProjection } from '../projection.ts';
import { type Found, matching, parseSort, slice } from '../query.ts';
import { asDoc, asFlag, asInteger, type Doc, decode, encode, isDoc } from '../values.ts';

const FIRST_BATCH = 101;

export const find: Command = {
  writes: false,
  inTransactions: true,
  options: [
    'filter',
    'sort',
    'projection',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'noCursorTimeout',
    'allowDiskUse',
  ],
  run(call) {
    const { body } = call;
    const filter = parseFilter(asDoc(body.filter, 'filter'));
    const projection = compileProjection(asDoc(body.projection, 'projection'));
    const skip = asInteger(body.skip, 'skip', 0) ?? 0;
    const limit = asInteger(body.limit, 'limit', 0) ?? 0;
    const sort = parseSort(body.sort);
    const byId = skip === 0 ? rawById(call, filter) : undefined;
    if (byId) return firstBatch(call, projection ? byId.map((raw) => encode(projection(decode(raw)))) : byId);
    const found = slice(search(call, filter, sort), skip, limit);
    return firstBatch(
      call,
      mapped(found, ({ raw, doc }) => (projection ? encode(projection(doc)) : raw)),
    );
  },
};

export const getMore: Command = {
  writes: false,
  inTransactions: true,
  options: ['collection', 'batchSize'],
  run({ body, db, name, cursors, transaction }) {
    const size = asInteger(body.batchSize, 'batchSize', 0) || Number.POSITIVE_INFINITY;
    return cursors.more(Number(String(body[name])), `${db}.${String(body.collection)}`, transaction, size);
  },
};

export const aggregate: Command = {
  writes: false,
  inTransactions: true,
  options: ['pipeline', 'cursor', 'allowDiskUse'],
  run(call) {
    const { filter, sort, rest } = parsePipeline(call.body.pipeline);
    if (!isDoc(call.body.cursor)) throw badValue("The 'cursor' option is required");
    const found: Iterable<Doc> = mapped(search(call, filter, sort), ({ doc }) => doc);
    const docs = rest.reduce((items, stage) => stage(items), found);
    return firstBatch(call, mapped(docs, encode));
  },
};

export const count: Command = {
  writes: false,
  inTransactions: false,
  options: ['query', 'skip', 'limit'],
  run(call) {
    const { query } = call.body;
    const skip = asInteger(call.body.skip, 'skip', 0) ?? 0;
    const limit = Math.abs(asInteger(call.body.limit, 'limit') ?? 0);
    let n = 0;
    for (const _ of slice(search(call, parseFilter(asDoc(query, 'query')), []), skip, limit)) n++;
    return { n: new Int32(n), ok: 1 };
  },
};

export const distinct: Command = {
  writes: false,
  inTransactions: true,
  options: ['key', 'query'],
  run(call) {
    const { key, query } = call.body;
    if (typeof key !== 'string' || key === '') throw typeMismatch('distinct needs the name of a field');
    const values = new Map<string, unknown>();
    for (const { doc } of search(call, parseFilter(asDoc(query, 'query')), [])) {
      for (const value of leaves(doc, key.split('.'))) values.set(textKey(value), value);
    }
    return { values: [...values.keys()].sort().map((at) => values.get(at)), ok: 1 };
  },
};

/** The values at a path, arrays opened; what is missing gives nothing. */
function leaves(node: unknown, path: Path): unknown[] {
  const [part, ...rest] = path;
  if (node === undefined) return [];
  if (part === undefined) return Array.isArray(node) ? node : [node];
  const own = leaves(partOf(node, part), rest);
  if (!Array.isArray(node)) return own;
  return [...own, ...node.flatMap((element: unknown) => (isDoc(element) ? leaves(element, path) : []))];
}

/** Answers the first batch of a result and keeps the rest as a cursor. */
export function firstBatch(call: Call, rows: Iterable<Buffer>, ns = namespaceOf(call).ns): Buffer {
  const { session, transaction, body } = call;
  const { batchSize = body.batchSize } = asDoc(body.cursor, 'cursor', ['batchSize']);
  const size = asInteger(batchSize, 'batchSize', 0) ?? FIRST_BATCH;
  const owner = { ns, session, transaction };
  return call.cursors.start(rows[Symbol.iterator](), owner, size, asFlag(body.singleBatch, 'singleBatch'));
}

function search(call: Call, filter: Filter, sort: readonly IndexField[]): Iterable<Found> {
  const collection = call.view().catalog.get(namespaceOf(call).ns);
  return collection ? matching(call.view, collection, filter, sort) : [];
}

function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item);
}

/** The stored bytes when the filter is an `_id` and nothing else: the commonest read, without decoding. */
function rawById(call: Call, { leaves: [leaf, second], exact }: Filter): Buffer[] | undefined {
  if (!exact || second || leaf?.by !== 'eq' || leaf.path.join('.') !== '_id' || Array.isArray(leaf.operand))
    return undefined;
  const { sql, catalog } = call.view();
  const collection = catalog.get(namespaceOf(call).ns);
  if (!collection) return [];
  return sql.all<[Buffer]>(`SELECT doc FROM d${collection.id} WHERE id = ?`, [orderedKey(leaf.operand)]).flat();
}
