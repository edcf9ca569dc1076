import { model, Schema } from 'mongoose';
import type { Fields } from './fields.ts';
import type { Index, Searchable, Values } from './queries.ts';
import { Collection } from './records.ts';
import { storedForm } from './stored-form.ts';
import type { StoredRow } from './stored-row.ts';

/** What a collection is, written once: records in memory, rows in the store, filters and indexes follow from it. */
export interface Definition<Id extends string, F extends Fields, Own extends Fields> {
  /** What `_id` is called in memory; left out where nobody names a record. */
  readonly id?: Id;
  /** What a record says. */
  readonly fields: F;
  /** Kept beside it for the functions of `models` alone: filtered, set and asked for by name, not handed out. */
  readonly own?: Own;
  readonly indexes?: readonly Index<NoInfer<Known<Id, F, Own>>>[];
}

type Named<Id extends string> = Readonly<Record<Id, string>>;
type Known<Id extends string, F extends Fields, Own extends Fields> = Named<Id> & Searchable<F> & Searchable<Own>;

/** Declares the collection that is called `name` in the store, and makes it known to mongoose. */
export function collection<
  const Id extends string = never,
  F extends Fields = never,
  Own extends Fields = Readonly<Record<never, never>>,
>(
  name: string,
  { id, fields, own, indexes = [] }: Definition<Id, F, Own>,
): Collection<Named<Id> & Values<F>, Values<Own>, Known<Id, F, Own>> {
  const all: Fields = { ...fields, ...own };
  const form = storedForm(name, id, all);
  const columns = Object.entries(all).map(([field, { type }]) => [form.column(field), { type, default: undefined }]);
  const schema = new Schema<StoredRow>(Object.fromEntries(id === undefined ? columns : [['_id', String], ...columns]), {
    versionKey: false,
    minimize: false,
  });
  for (const [keys, { partialFilterExpression: of, ...options } = {}] of indexes) {
    const partial = of === undefined ? {} : { partialFilterExpression: form.filter(of) };
    schema.index(form.keys(keys), { ...options, ...partial });
  }
  model(name, schema, name);
  const unique = indexes.flatMap(([keys, { unique: isUnique, partialFilterExpression: of } = {}]) =>
    isUnique ? [{ paths: Object.keys(form.keys(keys)), of: of && form.filter(of) }] : [],
  );
  return new Collection(name, form, [...(id === undefined ? [] : [id]), ...Object.keys(fields)], unique);
}

/** A collection's records in memory: `interface Spot extends RecordOf<typeof Spots> {}`. */
export type RecordOf<C> = C extends Collection<infer R, infer _Own, infer _Known> ? R : never;
