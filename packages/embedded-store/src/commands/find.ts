import { Int32 } from 'bson';
import { encode } from '../engine/bson-writer.ts';
import { type Doc, isDoc } from '../engine/doc.ts';
import { parseFilter } from '../engine/filter.ts';
import { badValue, MongoError, typeMismatch } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { textKey } from '../engine/ordered-key.ts';
import { parsePath, plainAt } from '../engine/paths.ts';
import { type Elsewhere, parsePipeline, runStages, type Searched } from '../engine/pipeline.ts';
import { compileProjection } from '../engine/projection.ts';
import { rawProjection } from '../engine/raw-projection.ts';
import { asDoc, asFlag, asInteger, bsonType } from '../engine/values.ts';
import { type Call, type Command, countFound, search, targetOf } from './command.ts';

const FIRST_BATCH = 101;
const NO_UNION = 'Stage not supported inside of a multi-document transaction: $unionWith';

export const find: Command = {
  options: 'filter sort projection skip limit batchSize singleBatch noCursorTimeout allowDiskUse hint',
  read(call) {
    const { filter, sort, projection, skip, limit } = call.body;
    const project = compileProjection(projection);
    const found = search(call, {
      filter: parseFilter(filter),
      order: parseOrder(sort),
      limit: asCount(limit, 'limit'),
      skip: asCount(skip, 'skip'),
      hint: call.body.hint,
    });
    const pick = project && rawProjection(projection);
    const rows = mapped(found, (row) => {
      if (pick) return pick(row.raw);
      return project ? encode(project(row.doc)) : row.raw;
    });
    return firstBatch(call, targetOf(call).ns, rows);
  },
};

export const getMore: Command = {
  options: 'collection batchSize',
  read({ body, db, name, cursors, transaction, now }) {
    if (body.maxTimeMS) throw badValue('cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    const size = asInteger(body.batchSize, 'batchSize', 0) || Number.POSITIVE_INFINITY;
    const of = { ns: `${db}.${String(body.collection)}`, transaction, usedAt: now };
    return cursors.more(Number(String(body[name])), of, size);
  },
};

export const killCursors: Command = {
  options: 'cursors',
  read(call) {
    const { ns } = targetOf(call);
    const { cursors: ids } = call.body;
    if (!Array.isArray(ids) || !ids.every((id) => bsonType(id) === 'Long')) throw typeMismatch('cursors have long ids');
    const killed = ids.filter((id) => call.cursors.kill(Number(String(id)), ns));
    const gone = ids.filter((id) => !killed.includes(id));
    return { cursorsKilled: killed, cursorsNotFound: gone, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};

export const aggregate: Command = {
  options: 'pipeline cursor allowDiskUse hint',
  read(call) {
    const { union, ...first } = parsePipeline(call.body.pipeline);
    if (union && call.transaction) throw new MongoError(263, 'OperationNotSupportedInTransaction', NO_UNION);
    if (!isDoc(call.body.cursor)) throw badValue("The 'cursor' option is required");
    const elsewhere: Elsewhere = (name, searched) => searchedBy({ ...call, body: { [call.name]: name } }, searched);
    const docs = runStages(searchedBy(call, first, call.body.hint), first.rest, elsewhere);
    return firstBatch(call, targetOf(call).ns, mapped(docs, encode));
  },
};

/** What a pipeline begins with: what it finds, or how many that is. */
function searchedBy(call: Call, { filter, sort, skip, limit, counted }: Searched, hint?: unknown): Iterable<Doc> {
  if (counted) return counted(countFound(call, { filter, skip, limit, hint }));
  return mapped(search(call, { filter, order: sort, skip, limit, hint }), ({ doc }) => doc);
}

export const count: Command = {
  options: 'query skip limit hint',
  read(call) {
    const { query, skip, limit } = call.body;
    const [most, passed] = [asCount(limit, 'limit'), asCount(skip, 'skip')];
    const wanted = { filter: parseFilter(query), limit: most, skip: passed, hint: call.body.hint };
    return { n: new Int32(countFound(call, wanted)), ok: 1 };
  },
};

export const distinct: Command = {
  options: 'key query hint',
  read(call) {
    const { key, query, hint } = call.body;
    if (typeof key !== 'string') throw typeMismatch('distinct needs the name of a field');
    const path = parsePath(key);
    const found = mapped(search(call, { filter: parseFilter(query), hint }), ({ doc }) => plainAt(doc, path));
    const values = new Map<string, unknown>();
    for (const value of found) {
      const key = value === undefined ? '' : textKey(value);
      if (key !== '' && !values.has(key)) values.set(key, value);
    }
    return { values: [...values.keys()].sort().map((at) => values.get(at)), ok: 1 };
  },
};

/** Answers the first batch of a result and keeps the rest as a cursor. */
export function firstBatch(call: Call, ns: string, rows: Iterable<Buffer>): Buffer {
  const { session, transaction, body, now } = call;
  const { batchSize = body.batchSize } = asDoc(body.cursor, 'cursor', ['batchSize']);
  const size = asInteger(batchSize, 'batchSize', 0) ?? FIRST_BATCH;
  const usedAt = asFlag(body.noCursorTimeout, 'noCursorTimeout') ? Number.POSITIVE_INFINITY : now;
  const cursor = { rows: rows[Symbol.iterator](), ns, session, transaction, usedAt };
  return call.cursors.start(cursor, size, asFlag(body.singleBatch, 'singleBatch'));
}

/** A number of documents; 0 when it is absent, which is none in particular. */
export function asCount(value: unknown, name: string): number {
  return asInteger(value, name, 0) ?? 0;
}

/** What comes of each, as it is asked for. */
export function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item);
}
