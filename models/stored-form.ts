import { AppError } from '@field/kit/errors';
import type { Fields } from './fields.ts';

type Loose = Readonly<Record<string, unknown>>;

/** The operators of an update that stand in the store as they are given, by what `Update` calls them. */
const OPERATORS = ['setOnInsert', 'inc', 'min', 'max', 'push', 'pull'] as const;

type LooseUpdate = { readonly [Operator in 'set' | (typeof OPERATORS)[number]]?: Loose | undefined };

/** How records of one collection, what finds them and what changes them stand in the store. */
export interface StoredForm {
  readonly column: (field: string) => string;
  readonly row: (record: object) => Record<string, unknown>;
  /** `handedOut`: which fields a caller gets; each of them is there, if only as undefined. */
  readonly record: (row: Loose, handedOut: readonly string[]) => Record<string, unknown>;
  readonly filter: (filter: Loose) => Record<string, unknown>;
  readonly byId: (id: string) => { _id: string };
  /** An order, the keys of an index, or which columns to read. */
  readonly keys: <Value>(keys: { readonly [path: string]: Value | undefined }) => Record<string, Value>;
  readonly update: (update: LooseUpdate) => Record<string, Loose>;
}

/** `collection` names itself in errors; `id` is what `_id` is called in memory. */
export function storedForm(collection: string, id: string | undefined, fields: Fields): StoredForm {
  const columns = new Map(Object.entries(fields).map(([name, field]) => [name, columnOf(name, field)]));

  function bug(why: string): AppError {
    return new AppError('bug.unexpected', { why: `${collection}: ${why}` });
  }

  /** `move.dueAt` stands below the column of `move`. */
  function column(path: string): string {
    const plain = path === id ? '_id' : columns.get(path);
    if (plain !== undefined) return plain;
    const [name = '', ...inner] = path.split('.');
    const own = name === id ? '_id' : columns.get(name);
    if (own === undefined) throw bug(`there is no field ${name}`);
    return [own, ...inner].join('.');
  }

  /** A record may be of a wider type than it is stored as; `outcomes.applied` is declared with `outcomes`. */
  function isDeclared(path: string): boolean {
    if (path === id || columns.has(path)) return true;
    const [name = ''] = path.split('.');
    return name === id || columns.has(name);
  }

  function stored(name: string, value: unknown): unknown {
    return fields[name]?.toStore(value) ?? value;
  }

  function row(record: object): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const name in record) {
      const value: unknown = Reflect.get(record, name);
      if (value !== undefined && isDeclared(name)) made[column(name)] = stored(name, value);
    }
    return made;
  }

  function record(found: Loose, handedOut: readonly string[]): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    // thousands come at once: nothing is made for each of their fields
    for (const name of handedOut) {
      const own = name === id ? '_id' : columns.get(name);
      made[name] = inMemory(name, found[own ?? column(name)]);
    }
    return made;
  }

  function inMemory(name: string, value: unknown): unknown {
    if (value === undefined || value === null) return undefined;
    return fields[name]?.toMemory(value) ?? value;
  }

  function filter(wanted: Loose): Record<string, unknown> {
    const conditions = Object.entries(wanted).map(([path, condition]) => {
      if (holdsUndefined(condition)) throw bug(`looked for by ${path}, which is undefined`);
      if (path === '$or' && Array.isArray(condition)) return [path, condition.map(filter)] as const;
      return [column(path), condition] as const;
    });
    return Object.fromEntries(conditions);
  }

  function byId(wanted: string): { _id: string } {
    if (wanted === undefined) throw bug('asked for by an id that is undefined');
    return { _id: wanted };
  }

  function keys<Value>(given: { readonly [path: string]: Value | undefined }): Record<string, Value> {
    const pairs = Object.entries(given).flatMap(([path, value]) =>
      value === undefined ? [] : [[column(path), value] as const],
    );
    return Object.fromEntries(pairs);
  }

  function update({ set = {}, ...others }: LooseUpdate): Record<string, Loose> {
    const kept: Record<string, unknown> = {};
    const removed: Record<string, unknown> = {};
    for (const name in set) {
      const value = set[name];
      if (value === undefined || !isDeclared(name)) continue;
      if (value === null) removed[column(name)] = 1;
      else kept[column(name)] = stored(name, value);
    }
    const said: Record<string, Loose> = {};
    const say = (operator: string, change: Loose): void => {
      if (Object.keys(change).length > 0) said[operator] = change;
    };
    say('$set', kept);
    say('$unset', removed);
    for (const name of OPERATORS) {
      const change = others[name];
      if (change !== undefined) say(`$${name}`, row(change));
    }
    // of nothing it is an update as well: it says whether somebody is there
    return Object.keys(said).length === 0 ? { $set: {} } : said;
  }

  return { column, row, record, filter, byId, keys, update };
}

function columnOf(name: string, { isSealed, column }: Fields[string]): string {
  if (column !== undefined) return column;
  return isSealed ? `sealed${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

/** Also in `{ $lt: undefined }` and in a list; a nested `$or` is looked at in its turn. */
function holdsUndefined(condition: unknown): boolean {
  if (condition === undefined) return true;
  if (typeof condition !== 'object' || condition === null || condition instanceof Date) return false;
  return Object.values(condition).some(holdsUndefined);
}
