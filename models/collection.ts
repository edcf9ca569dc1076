import { type Model, model, Schema } from 'mongoose';
import type { Fields } from './fields.ts';
import type {
  Filter,
  Index,
  Order,
  Reading,
  Searchable,
  Update,
  Upserting,
  Values,
  Within,
  Written,
} from './queries.ts';
import { type StoredForm, storedForm } from './stored-form.ts';
import type { Transaction } from './transaction.ts';

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
  return new Collection(model<StoredRow>(name, schema, name), form, [
    ...(id === undefined ? [] : [id]),
    ...Object.keys(fields),
  ]);
}

/** A collection's records in memory: `interface Spot extends RecordOf<typeof Spots> {}`. */
export type RecordOf<C> = C extends Collection<infer R, infer _Own, infer _Known> ? R : never;

interface StoredRow {
  _id: string;
  [column: string]: unknown;
}

/** What is read: what a record says, or only these fields, then with what is its file's own. */
interface Chosen<Only> {
  readonly only?: readonly Only[] | undefined;
}

/**
 * Every read and write goes through here, so that three things hold everywhere: a filter with an undefined value or by a field
 * that is not declared is refused and never means "all of them", what is undefined is not stored, nor what is not declared.
 */
class Collection<R extends object, Own extends object, S extends object> {
  readonly #rows: Model<StoredRow>;
  readonly #form: StoredForm;
  readonly #says: readonly string[];

  /** `says`: the names of what a record says. */
  constructor(rows: Model<StoredRow>, form: StoredForm, says: readonly string[]) {
    this.#rows = rows;
    this.#form = form;
    this.#says = says;
  }

  async get<Only extends keyof (R & Own) = keyof R>(
    id: string,
    { tx, only }: Within & Chosen<Only> = {},
  ): Promise<Pick<R & Own, Only> | undefined> {
    const row = await this.#rows
      .findOne(this.#form.byId(id), this.#columns(only))
      .session(tx ?? null)
      .lean();
    return row === null ? undefined : this.#record(row, only);
  }

  /** The first one in the order that is asked for. */
  async findOne<Only extends keyof (R & Own) = keyof R>(
    filter: Filter<S>,
    reading: Omit<Reading<S>, 'limit'> & Chosen<Only> = {},
  ): Promise<Pick<R & Own, Only> | undefined> {
    const [first] = await this.find(filter, { ...reading, limit: 1 });
    return first;
  }

  async find<Only extends keyof (R & Own) = keyof R>(
    filter: Filter<S>,
    { tx, only, sort = {}, skip = 0, limit = 0 }: Reading<S> & Chosen<Only> = {},
  ): Promise<readonly Pick<R & Own, Only>[]> {
    const rows = await this.#rows
      .find(this.#form.filter(filter), this.#columns(only))
      .sort(this.#form.keys(sort))
      .skip(skip)
      .limit(limit)
      .session(tx ?? null)
      .lean();
    return rows.map((row) => this.#record(row, only));
  }

  async count(filter: Filter<S>, { tx }: Within = {}): Promise<number> {
    return await this.#rows.countDocuments(this.#form.filter(filter)).session(tx ?? null);
  }

  /** Every text that stands in this field of the records that are meant, once. */
  async distinct(field: keyof S & string, filter: Filter<S>): Promise<readonly string[]> {
    return (await this.#rows.distinct(this.#form.column(field), this.#form.filter(filter))).map(String);
  }

  async add(record: R & Own, { tx }: Within = {}): Promise<void> {
    await this.#rows.create([this.#form.row(record)], within(tx));
  }

  async addAll(records: readonly (R & Own)[], { tx }: Within = {}): Promise<void> {
    if (records.length === 0) return;
    const rows = records.map((record) => this.#form.row(record));
    await this.#rows.insertMany(rows, within(tx));
  }

  async update(
    filter: Filter<S>,
    change: Update<R & Own, S>,
    { tx, upsert = false }: Upserting = {},
  ): Promise<Written> {
    return await this.#rows.updateOne(this.#form.filter(filter), this.#form.update(change), { ...within(tx), upsert });
  }

  async updateAll(filter: Filter<S>, change: Update<R & Own, S>, { tx }: Within = {}): Promise<Written> {
    return await this.#rows.updateMany(this.#form.filter(filter), this.#form.update(change), within(tx));
  }

  /** Many updates in one command, in their order, each of one record. */
  async updateEach(
    updates: readonly { readonly filter: Filter<S>; readonly change: Update<R & Own, S> }[],
    { tx, upsert = false }: Upserting = {},
  ): Promise<Written> {
    const commands = updates.map(({ filter, change }) => ({
      updateOne: { filter: this.#form.filter(filter), update: this.#form.update(change), upsert },
    }));
    return await this.#rows.bulkWrite(commands, { ...within(tx), ordered: true });
  }

  /** Updates one record and answers it as it is then, with what is asked for of its file's own; undefined when there is none. */
  async change<Also extends keyof Own = never>(
    filter: Filter<S>,
    change: Update<R & Own, S>,
    {
      tx,
      upsert = false,
      sort = {},
      also = [],
    }: Upserting & { readonly sort?: Order<S> | undefined; readonly also?: readonly Also[] | undefined } = {},
  ): Promise<Pick<R & Own, keyof R | Also> | undefined> {
    const options = { upsert, sort: this.#form.keys(sort), returnDocument: 'after' } as const;
    const row = await this.#rows
      .findOneAndUpdate(this.#form.filter(filter), this.#form.update(change), options)
      .session(tx ?? null)
      .lean();
    return row === null ? undefined : this.#record(row, [...this.#says, ...also]);
  }

  /** Answers how many they were. */
  async removeAll(filter: Filter<S>, { tx }: Within = {}): Promise<number> {
    return (await this.#rows.deleteMany(this.#form.filter(filter), within(tx))).deletedCount;
  }

  #columns(only: readonly PropertyKey[] | undefined): Record<string, 1> | undefined {
    return only && this.#form.keys(Object.fromEntries(only.map((name) => [name, 1 as const])));
  }

  /** The one place that takes the compiler's word for what was stored. */
  #record<Names extends keyof (R & Own)>(row: StoredRow, only: readonly PropertyKey[] = this.#says) {
    return this.#form.record(row, only.map(String)) as Pick<R & Own, Names>;
  }
}

function within(tx: Transaction | undefined): Partial<Record<'session', Transaction>> {
  return tx === undefined ? {} : { session: tx };
}
