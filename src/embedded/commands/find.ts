import { Int32, Long } from 'bson';
import { type Call, type Command, targetOf } from '../command.ts';
import type { Found } from '../documents.ts';
import { type Filter, parseFilter } from '../filter.ts';
import { badValue, MongoError } from '../mongo-error.ts';
import { orderedKey, textKey } from '../ordered-key.ts';
import { type Path, partOf } from '../paths.ts';
import { parsePipeline } from '../pipeline.ts';
import { compileProjection } from '../projection.ts';
import { matching, parseSort, type Sort, slice } from '../query.ts';
import { asDoc, asFlag, asInteger, type Doc, decode, encode, isDoc } from '../values.ts';

const FIRST_BATCH = 101;

export const find: Command = {
  options: 'filter sort projection skip limit batchSize singleBatch noCursorTimeout allowDiskUse',
  inTransactions: true,
  read(call) {
    const { body } = call;
    const filter = parseFilter(asDoc(body.filter, 'filter'));
    const projection = compileProjection(asDoc(body.projection, 'projection'));
    const skip = asInteger(body.skip, 'skip', 0) ?? 0;
    const limit = asInteger(body.limit, 'limit', 0) ?? 0;
    const { ns } = targetOf(call);
    const byId = skip === 0 ? rawById(call, filter) : undefined;
    if (byId) return firstBatch(call, ns, projection ? byId.map((raw) => encode(projection(decode(raw)))) : byId);
    const found = slice(search(call, filter, parseSort(body.sort)), skip, limit);
    const rows = mapped(found, ({ raw, doc }) => (projection ? encode(projection(doc)) : raw));
    return firstBatch(call, ns, rows);
  },
};

export const getMore: Command = {
  options: 'collection batchSize',
  inTransactions: true,
  read({ body, db, name, cursors, transaction, now }) {
    const size = asInteger(body.batchSize, 'batchSize', 0) || Number.POSITIVE_INFINITY;
    const of = { ns: `${db}.${String(body.collection)}`, transaction, usedAt: now };
    return cursors.more(Number(String(body[name])), of, size);
  },
};

/** Gives back what cursors still hold. */
export const killCursors: Command = {
  options: 'cursors',
  inTransactions: true,
  read(call) {
    const ids: unknown[] = Array.isArray(call.body.cursors) ? call.body.cursors : [];
    const killed = ids.filter((id) => call.cursors.kill(Number(String(id)), targetOf(call).ns));
    const gone = ids.filter((id) => !killed.includes(id)).map((id) => Long.fromString(String(id)));
    return { cursorsKilled: killed, cursorsNotFound: gone, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};

export const aggregate: Command = {
  options: 'pipeline cursor allowDiskUse',
  inTransactions: true,
  read(call) {
    const { filter, sort, rest } = parsePipeline(call.body.pipeline);
    if (!isDoc(call.body.cursor)) throw badValue("The 'cursor' option is required");
    const found: Iterable<Doc> = mapped(search(call, filter, sort), ({ doc }) => doc);
    const docs = rest.reduce((items, stage) => stage(items), found);
    return firstBatch(call, targetOf(call).ns, mapped(docs, encode));
  },
};

export const count: Command = {
  options: 'query skip limit',
  read(call) {
    const filter = parseFilter(asDoc(call.body.query, 'query'));
    const skip = asInteger(call.body.skip, 'skip', 0) ?? 0;
    const limit = Math.abs(asInteger(call.body.limit, 'limit') ?? 0);
    let n = 0;
    for (const _ of slice(search(call, filter, []), skip, limit)) n++;
    return { n: new Int32(n), ok: 1 };
  },
};

export const distinct: Command = {
  options: 'key query',
  inTransactions: true,
  read(call) {
    const { key, query } = call.body;
    if (typeof key !== 'string' || key === '')
      throw new MongoError(14, 'TypeMismatch', 'distinct needs the name of a field');
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
export function firstBatch(call: Call, ns: string, rows: Iterable<Buffer>): Buffer {
  const { session, transaction, body, now } = call;
  const { batchSize = body.batchSize } = asDoc(body.cursor, 'cursor', ['batchSize']);
  const size = asInteger(batchSize, 'batchSize', 0) ?? FIRST_BATCH;
  const cursor = { rows: rows[Symbol.iterator](), ns, session, transaction, usedAt: now };
  return call.cursors.start(cursor, size, asFlag(body.singleBatch, 'singleBatch'));
}

function search(call: Call, filter: Filter, sort: Sort): Iterable<Found> {
  const { collection } = targetOf(call);
  return collection ? matching(call.view, collection, filter, sort) : [];
}

function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item);
}

/** The stored bytes when the filter is an `_id` and nothing else: the commonest read, without decoding. */
function rawById(call: Call, { leaves: [leaf, second], exact }: Filter): Buffer[] | undefined {
  if (!exact || second || leaf?.by !== '$eq' || leaf.path.join('.') !== '_id' || Array.isArray(leaf.operand))
    return undefined;
  const { collection } = targetOf(call);
  const sql = `SELECT doc FROM d${collection?.id} WHERE id = ?`;
  return collection
    ? call
        .view()
        .sql.all<[Buffer]>(sql, [orderedKey(leaf.operand)])
        .flat()
    : [];
}
