import { present } from '@field/kit/present';
import { Int32, Long } from 'bson';
import type { Doc } from '../engine/doc.ts';
import type { Found } from '../engine/documents.ts';
import { badValue, MongoError } from '../engine/mongo-error.ts';
import { type Ahead, namedAhead } from '../engine/named-ahead.ts';
import { isSlices, type Slices } from '../engine/slices.ts';
import { asDoc, asFlag, asInteger } from '../engine/values.ts';
import { type Command, checkName, targetOf, type WriteCall } from './command.ts';
import { databaseOf, onlyInAdmin } from './envelope.ts';
import { insertOne, queryIn, removeSome, statementsIn, updateSome } from './write.ts';

/** What each kind of op says besides the place of its namespace. */
const FIELDS = {
  insert: ['insert', 'document'],
  update: ['update', 'filter', 'updateMods', 'multi', 'upsert', 'arrayFilters', 'hint'],
  delete: ['delete', 'filter', 'multi', 'hint'],
} as const;
type Kind = keyof typeof FIELDS;

type Met = { n: number; nModified?: number; upserted?: Doc };
/** `named`: what its update names, where that was read ahead. */
type Op = { kind: Kind; named: () => Found | undefined; run: (named: Found | undefined) => Met | Slices<Met> };

/** Writes of several collections in one command, as MongoDB has it since 8.0. All that was done is in the first batch of its answer. */
export const bulkWrite: Command = {
  options: 'ops nsInfo ordered errorsOnly bypassDocumentValidation',
  *write(call) {
    if (call.db !== 'admin') throw onlyInAdmin('bulkWrite');
    if (asInteger(call.body.bulkWrite, 'bulkWrite') !== 1) throw badValue('bulkWrite has to be 1');
    const isOrdered = asFlag(call.body.ordered ?? true, 'ordered');
    const errorsOnly = asFlag(call.body.errorsOnly, 'errorsOnly');
    // what is no op is refused before anything is done
    const ops = opsIn(call);
    const told: Doc[] = [];
    const counts = { nErrors: 0, nInserted: 0, nUpserted: 0, nMatched: 0, nModified: 0, nDeleted: 0 };
    for (const [index, { kind, named, run }] of ops.entries()) {
      const idx = new Int32(index);
      try {
        const done = run(named());
        const met = isSlices(done) ? yield* done : done;
        count(counts, kind, met);
        if (!errorsOnly) told.push(present({ ok: 1, idx, ...asIntegers(met), upserted: met.upserted }));
        yield false;
      } catch (failure) {
        if (!(failure instanceof MongoError)) throw failure;
        counts.nErrors += 1;
        const none = asIntegers(kind === 'update' ? { n: 0, nModified: 0 } : { n: 0 });
        told.push({ ok: 0, idx, errmsg: failure.message, ...failure.told, ...none });
        if (isOrdered || call.transaction) break;
      }
    }
    const cursor = { id: Long.fromNumber(0), firstBatch: told, ns: 'admin.$cmd.bulkWrite' };
    return { cursor, ...asIntegers(counts), ok: 1 };
  },
};

function count(counts: Record<string, number>, kind: Kind, { n, nModified = 0, upserted }: Met): void {
  const add = (name: string, more: number): void => {
    counts[name] = (counts[name] ?? 0) + more;
  };
  if (kind === 'insert') add('nInserted', n);
  else if (kind === 'delete') add('nDeleted', n);
  else if (upserted) add('nUpserted', n);
  else add('nMatched', n);
  add('nModified', nModified);
}

function asIntegers(numbers: object): Doc {
  const all = Object.entries(numbers).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(all.map(([name, value]) => [name, new Int32(Number(value))]));
}

function opsIn(call: WriteCall): readonly Op[] {
  const { nsInfo } = call.body;
  const places = (Array.isArray(nsInfo) ? nsInfo : []).map((info) => {
    const { ns } = asDoc(info, 'bulkWrite.nsInfo', ['ns']);
    const [, db = '', name = ''] = /^([^.]*)\.(.*)$/s.exec(typeof ns === 'string' ? ns : '') ?? [];
    return { db: databaseOf(db), name: checkName(db, name) };
  });
  const onEach = new Map<string, { readonly statements: Doc[]; ahead?: Ahead }>();
  return statementsIn(call, 'ops').map((statement) => {
    const said = asDoc(statement, 'bulkWrite.ops');
    const [kind = ''] = Object.keys(said);
    if (!isKind(kind)) throw badValue(`an op is an insert, an update or a delete, not '${kind}'`);
    asDoc(said, 'bulkWrite.ops', [...FIELDS[kind]]);
    const place = places[asInteger(said[kind], kind) ?? -1];
    if (place === undefined) throw badValue(`op ${kind} names no namespace of nsInfo`);
    const on = { ...call, db: place.db, body: { [call.name]: place.name } };
    const ns = `${place.db}.${place.name}`;
    const own = onEach.get(ns) ?? { statements: [] };
    onEach.set(ns, own);
    const at = own.statements.push(kind === 'update' ? { ...said, q: said.filter } : {}) - 1;
    const named = (): Found | undefined => {
      own.ahead ??= namedAhead(call.store, own.statements);
      return own.ahead(at, targetOf(on).collection);
    };
    return { kind, named, run: runOf(on, kind, said) };
  });
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(FIELDS, kind);
}

function runOf(call: WriteCall, kind: Kind, { document, filter, updateMods: u, ...options }: Doc): Op['run'] {
  if (kind === 'insert') {
    queryIn(document, 'bulkWrite.ops', 'document');
    return () => ({ n: insertOne(call, document) });
  }
  const q = queryIn(filter, 'bulkWrite.ops', 'filter');
  asFlag(options.multi, 'multi');
  if (kind === 'update') return (named) => updateSome(call, { ...options, q, u }, named);
  return function* () {
    return { n: yield* removeSome(call, { ...options, q }) };
  };
}
