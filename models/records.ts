import { AppError, type ErrorCode } from '@field/kit/errors';
import { present } from '@field/kit/present';
import { mongo } from 'mongoose';
import { type Ahead, knowBrought, knownRows, remember, rememberAll, stagesFor } from './brought-ahead.ts';
import { changeAhead, changeWithOthers, type Unique } from './change-ahead.ts';
import { database } from './database.ts';
import { orRefuse } from './duplicate-key.ts';
import { knowAllOf, knowJoined } from './joined-ahead.ts';
import type { Filter, Order, Reading, ReadWithin, Update, Upserting, Within, Written } from './queries.ts';
import { aheadOf, forgetAhead, forgetAnswers, knowAhead, Seen } from './read-ahead.ts';
import { readWithin } from './read-in-transaction.ts';
import { batchSize, JOINED, type Question, readTogether, stagesOf } from './read-together.ts';
import { asStored, UNTOLD } from './row-after.ts';
import { forReading, forWriting, type Reads } from './single-write.ts';
import type { StoredForm } from './stored-form.ts';
import { inOrder } from './stored-order.ts';
import { areSame, asRow, idsIn, meansNone, type StoredRow } from './stored-row.ts';
import type { Transaction } from './transaction.ts';
import { goTogether, updateTogether } from './update-together.ts';
import { type Musts, mayWait, mustAsk, queue, settle } from './write-queue.ts';

interface OneUpdate<R, Own, S> {
  readonly filter: Filter<S>;
  readonly change: Update<R & Own, S>;
  /** Makes the record if there is none. */
  readonly upsert?: boolean | undefined;
}

/** More go as a command of their own: as many as the numbers of a hundred people, a day and its month each, go with the others. */
const MOST_WITH_OTHERS = 250;

/** What is read: what a record says, or only these fields, then with what is its file's own. */
interface Chosen<Only> {
  readonly only?: readonly Only[] | undefined;
}

/** What is read with a record: `by` is a field of it, or a path in one. */
interface Other<Of, S, S2, Only2> extends Chosen<Only2> {
  readonly of: Of;
  readonly by: keyof Order<S> & string;
  readonly at: keyof Order<S2> & string;
}

/**
 * Every read and write goes through here, so that three things hold everywhere: a filter with an undefined value or by a field
 * that is not declared is refused and never means "all of them", what is undefined is not stored, nor what is not declared.
 */
export class Collection<R extends object, Own extends object, S extends object> {
  readonly name: string;
  readonly #form: StoredForm;
  readonly #says: readonly string[];
  readonly #unique: readonly Unique[];
  #made: { readonly of: mongo.Db; readonly rows: mongo.Collection<StoredRow> } | undefined;

  /** `says`: the names of what a record says; `unique`: the indexes by which one may be refused. */
  constructor(name: string, form: StoredForm, says: readonly string[], unique: readonly Unique[]) {
    this.name = name;
    this.#form = form;
    this.#says = says;
    this.#unique = unique;
  }

  async get<Only extends keyof (R & Own) = keyof R>(
    id: string,
    { tx, only }: ReadWithin & Chosen<Only> = {},
  ): Promise<Pick<R & Own, Only> | undefined> {
    const filter = this.#form.byId(id);
    const ahead = tx && aheadOf<StoredRow>(tx, this.name, id);
    if (ahead !== undefined) {
      if (tx instanceof Seen && !ahead.isOwn) {
        this.#check(tx, { filter, limit: 1 }, ahead.row ? [ahead.row] : []);
        knowAhead(tx, this.name, id, ahead.row, true);
      }
      return ahead.row && this.#record(ahead.row, only);
    }
    const [row] = await this.#read({ filter, limit: 1, columns: this.#columns(only) }, tx);
    if (only === undefined) remember(tx, this.name, id, row);
    return row && this.#record(row, only);
  }

  /**
   * One record by its id, the first command of a transaction, which brings others by their ids besides: until something of their
   * collection is written in it, `get` finds these without asking again.
   */
  async getFirst<Also extends keyof Own = never>(
    id: string,
    {
      tx,
      also = [],
      ahead,
    }: { readonly tx: Transaction; readonly also?: readonly Also[]; readonly ahead: readonly Ahead[] },
  ): Promise<Pick<R & Own, keyof R | Also> | undefined> {
    const stages = [{ $match: this.#form.byId(id) }, ...stagesFor(ahead)];
    await settle(tx);
    const [brought] = await this.#rows.aggregate<StoredRow>(stages, forReading(tx)).toArray();
    if (brought === undefined) return undefined;
    const row = knowBrought(tx, brought, ahead);
    knowAhead(tx, this.name, id, row);
    return this.#record(row, [...this.#says, ...also]);
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
    const wanted = this.#form.filter(filter);
    if (meansNone(wanted)) return [];
    const asked = { sort: this.#form.keys<1 | -1>({ ...sort }), skip, limit, columns: this.#columns(only) };
    const known = tx && knownRows<StoredRow>(tx, this.name, wanted, asked);
    if (known !== undefined && tx instanceof Seen) this.#check(tx, { filter: wanted }, known);
    const rows = known ?? (await this.#read({ filter: wanted, ...asked }, tx));
    const ids = Object.keys(wanted).length === 1 && skip + limit === 0 ? idsIn(wanted) : undefined;
    if (known === undefined && only === undefined) rememberAll(tx, this.name, rows, ids);
    return rows.map((row) => this.#record(row, only));
  }

  /** `find`, and with each record those of another collection in whose field `at` stands what it says in `by`: one text, or each of a list. */
  async findWith<
    R2 extends object,
    Own2 extends object,
    S2 extends object,
    Only extends keyof (R & Own) = keyof R,
    Only2 extends keyof (R2 & Own2) = keyof R2,
  >(
    filter: Filter<S>,
    other: Other<Collection<R2, Own2, S2>, S, S2, Only2>,
    { tx, only, sort = {}, skip = 0, limit = 0 }: Reading<S> & Chosen<Only> = {},
  ): Promise<readonly { readonly record: Pick<R & Own, Only>; readonly joined: readonly Pick<R2 & Own2, Only2>[] }[]> {
    const wanted = this.#form.filter(filter);
    if (meansNone(wanted)) return [];
    const { of } = other;
    const joins = { from: of.name, by: this.#form.column(other.by), at: of.#form.column(other.at) };
    const asked = { sort: this.#form.keys<1 | -1>({ ...sort }), skip, limit, columns: this.#columns(only), joins };
    const rows = await this.#read({ filter: wanted, ...asked }, tx);
    const joined = rows.map(({ [JOINED]: found }) =>
      Array.isArray(found) ? found.map((one) => asRow(Object(one))) : [],
    );
    if (only === undefined)
      rememberAll(
        tx,
        this.name,
        rows.map(({ [JOINED]: _found, ...row }) => asRow(row)),
      );
    knowJoined(tx, joins, rows);
    return rows.map((row, place) => ({
      record: this.#record(row, only),
      joined: (joined[place] ?? []).map((one) => of.#record(one, other.only)),
    }));
  }

  /** How many there are; of more than `limit`, where that is said, so many. */
  async count(
    filter: Filter<S>,
    { tx, limit }: ReadWithin & { readonly limit?: number | undefined } = {},
  ): Promise<number> {
    const asked = this.#form.filter(filter);
    const count = (): Promise<number> => this.#rows.countDocuments(asked, present({ ...forReading(tx), limit }));
    const question = { collection: this.name, filter: asked, counts: true, limit } as const;
    const [counted] = await this.#ask(question, async () => [{ n: await count() }], tx);
    return Number(counted?.n ?? 0);
  }

  /** Every text that stands in this field of the records that are meant, once. */
  async distinct(field: keyof S & string, filter: Filter<S>): Promise<readonly string[]> {
    const [column, asked] = [this.#form.column(field), this.#form.filter(filter)];
    const question = { collection: this.name, filter: asked, distinct: column };
    const alone = async () => (await this.#rows.distinct(column, asked)).map((_id) => ({ _id }));
    const values = (await readTogether(question, alone)).map(({ _id }) => _id);
    return values.filter((value) => value !== null).map(String);
  }

  async add(record: R & Own, { tx }: Within = {}): Promise<void> {
    const row = asRow(this.#form.row(record));
    await this.#rows.insertOne(row, await this.#writing(tx));
    if (tx !== undefined && typeof row._id === 'string') knowAhead(tx, this.name, row._id, asStored(row), true);
  }

  async addAll(records: readonly (R & Own)[], { tx }: Within = {}): Promise<void> {
    if (records.length === 0) return;
    const rows = records.map((record) => asRow(this.#form.row(record)));
    await this.#rows.insertMany(rows, { ...(await this.#writing(tx)), ordered: true });
  }

  async update(
    filter: Filter<S>,
    change: Update<R & Own, S>,
    { tx, upsert = false }: Upserting = {},
  ): Promise<Written> {
    return await this.#rows.updateOne(this.#form.filter(filter), this.#form.update(change), {
      ...(await this.#writing(tx)),
      upsert,
    });
  }

  async updateAll(filter: Filter<S>, change: Update<R & Own, S>, { tx }: Within = {}): Promise<Written> {
    return await this.#rows.updateMany(this.#form.filter(filter), this.#form.update(change), await this.#writing(tx));
  }

  /**
   * `addAll` with whatever else the transaction writes, at its end, or before something of this collection is read. What a unique index refuses then
   * is `refusedAs`. `allOf`: these are all of which this field says what it says of them, since that is new.
   */
  async addWithOthers(
    records: readonly (R & Own)[],
    tx: Transaction,
    refusedAs?: ErrorCode,
    allOf?: keyof Order<S> & string,
  ): Promise<void> {
    if (records.length === 0) return;
    if (!mayWait(tx) || records.length > MOST_WITH_OTHERS) {
      const [only, second] = records;
      const isOne = only !== undefined && second === undefined;
      const added = isOne ? this.add(only, { tx }) : this.addAll(records, { tx });
      return await (refusedAs === undefined ? added : orRefuse(added, refusedAs));
    }
    forWriting(tx);
    const rows = records.map((record) => {
      const row = this.#form.row(record);
      const own = asRow(row._id === undefined ? { _id: new mongo.ObjectId(), ...row } : row);
      if (row._id !== undefined) knowAhead(tx, this.name, own._id, asStored(own), true);
      return own;
    });
    forgetAnswers(
      tx,
      this.name,
      rows.map((own) => ({ after: asStored(own) })),
    );
    if (allOf !== undefined) knowAllOf(tx, this.name, this.#form.column(allOf), rows.map(asStored));
    await queue(
      tx,
      rows.map((document) => ({ collection: this.name, document, refusedAs })),
    );
  }

  /**
   * Makes a record unless there is one of its id, and updates others after it; answers whether it made it. Where it goes with others that is taken for
   * so, and the transaction is begun anew, and asks, where it was not.
   */
  async makeWithOthers(
    made: OneUpdate<R, Own, S>,
    others: readonly OneUpdate<R, Own, S>[],
    tx: Transaction,
  ): Promise<boolean> {
    if (!mayWait(tx) || mustAsk(tx))
      return (await this.updateEach([{ ...made, upsert: true }, ...others], { tx })).upsertedCount > 0;
    await this.updateWithOthers([{ ...made, upsert: true }], tx, { mustMake: true });
    await this.updateWithOthers(others, tx);
    return true;
  }

  /** `updateEach` of which nobody asks what it met, or which must meet one each (`subject.lostRace` otherwise): as `addWithOthers`. */
  async updateWithOthers(
    updates: readonly OneUpdate<R, Own, S>[],
    tx: Transaction,
    { all = false, ...musts }: { readonly all?: boolean } & Musts = {},
  ): Promise<void> {
    if (updates.length === 0) return;
    if (!mayWait(tx) || updates.length > MOST_WITH_OTHERS) {
      const { matchedCount } = await this.updateEach(updates, { tx, all });
      if (musts.mustMeet && matchedCount !== updates.length) throw new AppError('subject.lostRace');
      return;
    }
    forWriting(tx);
    const writes = updates.map(({ filter, change, upsert = false }) => {
      const asked = { filter: this.#form.filter(filter), update: this.#form.update(change), multi: all, upsert };
      changeAhead(tx, this.name, asked);
      return { collection: this.name, ...asked, ...musts };
    });
    await queue(tx, writes);
  }

  /** Many updates in one command, in their order, each of one record, or of `all` that are meant; `upsert` of one, or of each. */
  async updateEach(
    updates: readonly OneUpdate<R, Own, S>[],
    { tx, upsert: usual = false, all = false }: Upserting & { readonly all?: boolean | undefined } = {},
  ): Promise<Written> {
    const stored = updates.map(({ filter, change, upsert = usual }) => ({
      q: this.#form.filter(filter),
      u: this.#form.update(change),
      multi: all,
      upsert: upsert && !all,
    }));
    if (goTogether(stored.length, tx)) {
      await this.#writing(tx);
      return await updateTogether(this.name, stored, tx);
    }
    const commands = stored.map(({ q: filter, u: update, upsert }) =>
      all ? { updateMany: { filter, update } } : { updateOne: { filter, update, upsert } },
    );
    return await this.#rows.bulkWrite(commands, { ...(await this.#writing(tx)), ordered: true });
  }

  /**
   * Updates one record and answers it as it is then, with what is asked for of its file's own; undefined when there is none. `isLast`: its
   * transaction writes nothing after it; what a unique index refuses is `refusedAs`, at the end where it goes with others.
   */
  async change<Also extends keyof Own = never>(
    filter: Filter<S>,
    change: Update<R & Own, S>,
    {
      tx,
      upsert = false,
      sort = {},
      also = [],
      isLast,
      refusedAs,
    }: Upserting & {
      readonly sort?: Order<S> | undefined;
      readonly also?: readonly Also[] | undefined;
      readonly isLast?: boolean | undefined;
      readonly refusedAs?: ErrorCode | undefined;
    } = {},
  ): Promise<Pick<R & Own, keyof R | Also> | undefined> {
    const asked = { filter: this.#form.filter(filter), update: this.#form.update(change) };
    // one that is there is not made
    const makes = upsert && (tx === undefined || aheadOf(tx, this.name, String(asked.filter._id))?.row === undefined);
    if (!makes && mayWait(tx)) {
      const told = await changeWithOthers<StoredRow>(tx, this.name, asked, {
        unique: this.#unique,
        isLast,
        refusedAs,
      });
      if (told !== UNTOLD) return told && this.#record(told, [...this.#says, ...also]);
    }
    const order = this.#form.keys<1 | -1>({ ...sort });
    const options = { ...(await this.#writing(tx, isLast)), upsert, sort: order, returnDocument: 'after' } as const;
    const changing = this.#rows.findOneAndUpdate(asked.filter, asked.update, options);
    const row = await (refusedAs === undefined ? changing : orRefuse(changing, refusedAs));
    if (row === null) return undefined;
    if (tx !== undefined) knowAhead(tx, this.name, row._id, row, true);
    return this.#record(row, [...this.#says, ...also]);
  }

  /** Answers how many they were. */
  async removeAll(filter: Filter<S>, { tx }: Within = {}): Promise<number> {
    return (await this.#rows.deleteMany(this.#form.filter(filter), await this.#writing(tx))).deletedCount;
  }

  /**
   * The driver's own: a document of mongoose's, or a query, costs as much again as the command. It is made once for a connection: to make
   * it takes as long as to read what a command answers.
   */
  get #rows(): mongo.Collection<StoredRow> {
    const of = database();
    if (this.#made?.of !== of) this.#made = { of, rows: of.collection<StoredRow>(this.name) };
    return this.#made.rows;
  }

  async #read(asked: Omit<Question, 'collection'>, tx: Reads | undefined): Promise<readonly StoredRow[]> {
    const { filter, sort = {}, skip = 0, limit = 0, columns, joins } = asked;
    const question = { ...asked, collection: this.name };
    const options = { ...forReading(tx), batchSize };
    const alone = async (): Promise<StoredRow[]> =>
      joins === undefined
        ? await this.#rows.find(filter, present({ ...options, projection: columns, sort, skip, limit })).toArray()
        : [...inOrder(await this.#rows.aggregate<StoredRow>(stagesOf(question), options).toArray(), sort)];
    return (await this.#ask(question, alone, tx)) as readonly StoredRow[];
  }

  #ask(question: Question, alone: () => Promise<readonly Readonly<Record<string, unknown>>[]>, tx: Reads | undefined) {
    return tx === undefined || tx instanceof Seen ? readTogether(question, alone) : readWithin(tx, question, alone);
  }

  /** Whether that is still all that is found so; asked with what is asked besides. What is of an ISO itself hardly ever changes. */
  #check(seen: Seen, asked: Pick<Question, 'filter' | 'limit'>, known: readonly StoredRow[]): void {
    if (this.name === 'isos') return;
    seen.check(this.#read(asked, undefined).then((found) => areSame(found, known)));
  }

  /** What was read ahead of this collection may not be so any more; what waits of it comes first. */
  async #writing(tx: Transaction | undefined, isLast?: boolean): Promise<Partial<Record<'session', Transaction>>> {
    if (tx === undefined) return {};
    forgetAhead(tx, this.name);
    const session = forWriting(tx, isLast);
    await settle(tx, { collection: this.name });
    return session;
  }

  #columns(only: readonly PropertyKey[] | undefined): Record<string, 1> | undefined {
    return only && this.#form.keys(Object.fromEntries(only.map((name) => [name, 1 as const])));
  }

  /** The one place that takes the compiler's word for what was stored. */
  #record<Names extends keyof (R & Own)>(row: StoredRow, only: readonly PropertyKey[] = this.#says) {
    return this.#form.record(row, only.map(String)) as Pick<R & Own, Names>;
  }
}
