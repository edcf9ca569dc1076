import { Int32 } from 'bson';
import type { Collection } from '../catalog.ts';
import { type Call, type Command, collectionName } from '../command.ts';
import { type Condition, parseFilter } from '../filter.ts';
import { MongoError } from '../mongo-error.ts';
import { parseSort } from '../order.ts';
import { EMPTY_ARRAY, orderedKey } from '../ordered-key.ts';
import { type Path, partOf } from '../paths.ts';
import { compileProjection } from '../projection.ts';
import { matching, slice } from '../query.ts';
import { cursorReply } from '../reply.ts';
import { asDoc, asFlag, asInteger, bsonType, decode, encode, isDoc } from '../values.ts';

const FIRST_BATCH = 101;

export const find: Command = {
  access: 'read',
  inTransactions: true,
  fields: [
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
    const condition = parseFilter(asDoc(body.filter, 'filter'));
    const projection = compileProjection(asDoc(body.projection, 'projection'));
    const sort = parseSort(body.sort);
    const skip = atLeastZero(body.skip, 'skip') ?? 0;
    const limit = atLeastZero(body.limit, 'limit') ?? 0;
    const collection = named(call);
    if (!collection) return firstBatch(call, [].values(), namespace(call));
    const id = onlyId(condition);
    if (id !== undefined && skip === 0) {
      const row = call.view().sql.get(`SELECT doc FROM d${collection.id} WHERE id = ?`, [orderedKey(id)]);
      const raws = row ? [row[0] as Buffer] : [];
      const batch = projection ? raws.map((raw) => encode(projection(decode(raw)))) : raws;
      return firstBatch(call, batch.values(), namespace(call));
    }
    const found = slice(matching(call.view, collection, { condition, sort }), skip, limit);
    const rows = mapped(found, ({ raw, doc }) => (projection ? encode(projection(doc)) : raw));
    return firstBatch(call, rows, namespace(call));
  },
};

export const getMore: Command = {
  access: 'read',
  inTransactions: true,
  fields: ['collection', 'batchSize'],
  run({ body, db, name, cursors, transaction }) {
    const ns = `${db}.${String(body.collection)}`;
    const size = atLeastZero(body.batchSize, 'batchSize') || Number.POSITIVE_INFINITY;
    const { batch, id } = cursors.more(Number(String(body[name])), ns, transaction, size);
    return cursorReply('nextBatch', batch, id, ns);
  },
};

export const count: Command = {
  access: 'read',
  inTransactions: false,
  fields: ['query', 'skip', 'limit'],
  run(call) {
    const condition = parseFilter(asDoc(call.body.query, 'query'));
    const skip = atLeastZero(call.body.skip, 'skip') ?? 0;
    const limit = Math.abs(asInteger(call.body.limit, 'limit') ?? 0);
    const collection = named(call);
    let n = 0;
    if (collection && Object.keys(asDoc(call.body.query, 'query')).length === 0 && skip === 0 && limit === 0) {
      n = Number(call.view().sql.get(`SELECT count(*) FROM d${collection.id}`)?.[0]);
    } else if (collection) {
      for (const _ of slice(matching(call.view, collection, { condition }), skip, limit)) n++;
    }
    return { n: new Int32(n), ok: 1 };
  },
};

export const distinct: Command = {
  access: 'read',
  inTransactions: true,
  fields: ['key', 'query'],
  run(call) {
    const { key } = call.body;
    if (typeof key !== 'string' || key === '')
      throw new MongoError('TypeMismatch', 'distinct needs the name of a field');
    const condition = parseFilter(asDoc(call.body.query, 'query'));
    const collection = named(call);
    const values = new Map<string, unknown>();
    for (const { doc } of collection ? matching(call.view, collection, { condition }) : []) {
      for (const value of leaves(doc, key.split('.'))) {
        const at = orderedKey(value).toString('latin1');
        if (!values.has(at)) values.set(at, value);
      }
    }
    return { values: [...values.keys()].sort().map((at) => values.get(at)), ok: 1 };
  },
};

/** The values at a path, arrays opened; what is missing gives nothing. */
function leaves(node: unknown, path: Path): unknown[] {
  const [part, ...rest] = path;
  if (Array.isArray(node)) {
    const place = part === undefined ? [] : leaves(partOf(node, part), rest);
    return [
      ...node.flatMap((element) => (part === undefined ? [element] : isDoc(element) ? leaves(element, path) : [])),
      ...place,
    ];
  }
  if (node === undefined || node === EMPTY_ARRAY) return [];
  return part === undefined ? [node] : leaves(partOf(node, part), rest);
}

/** Answers the first batch of a result and keeps the rest as a cursor. */
export function firstBatch(call: Call, rows: Iterator<Buffer>, ns: string): Buffer {
  const options = asDoc(call.body.cursor, 'cursor');
  const asked = atLeastZero(call.body.batchSize ?? options.batchSize, 'batchSize') ?? FIRST_BATCH;
  const { session, transaction } = call;
  const single = asFlag(call.body.singleBatch, 'singleBatch');
  const { batch, id } = call.cursors.start(rows, asked, { ns, session, transaction });
  if (single) call.cursors.kill(id, ns);
  return cursorReply('firstBatch', batch, single ? 0 : id, ns);
}

/** The collection that the command names, as its view has it; undefined when it does not exist. */
export function named(call: Call): Collection | undefined {
  return call.view().catalog.get(namespace(call));
}

export function namespace(call: Call): string {
  return `${call.db}.${collectionName(call)}`;
}

/** Applies `change` to each item as it comes. */
export function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item);
}

function atLeastZero(value: unknown, name: string): number | undefined {
  const number = asInteger(value, name);
  if (number !== undefined && number < 0) throw new MongoError('BadValue', `${name} value must be >= 0`);
  return number;
}

/** The `_id` when the filter is nothing but that. */
function onlyId(condition: Condition): unknown {
  const [only, second] = condition.kind === 'and' ? condition.parts : [];
  if (!only || second || only.kind !== 'compare' || only.by !== 'eq') return undefined;
  const isId = only.path.length === 1 && only.path[0] === '_id';
  return isId && !Array.isArray(only.operand) && bsonType(only.operand) !== 'BSONRegExp' ? only.operand : undefined;
}
