import type { Field, Fields } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

type ValueOf<F> = F extends Field<infer Value, boolean, boolean> ? Value : never;

type NeededKeys<F extends Fields> = { [Key in keyof F]: F[Key]['isOptional'] extends true ? never : Key }[keyof F];

/** What a record with these fields is in memory. */
export type Values<F extends Fields> = {
  readonly [Key in keyof F as Key extends NeededKeys<F> ? Key : never]: ValueOf<F[Key]>;
} & {
  readonly [Key in keyof F as Key extends NeededKeys<F> ? never : Key]?: ValueOf<F[Key]> | undefined;
};

/** The fields that a filter, an order or an index can name: a sealed one is another text each time it is stored. */
export type Searchable<F extends Fields> = {
  readonly [Key in keyof F as F[Key]['isSealed'] extends true ? never : Key]: ValueOf<F[Key]>;
};

type Inner<Value> = Value extends readonly (infer Element)[] ? Element : Value;
type Part<Value> = Value extends string | number | boolean | Date ? never : keyof Value & string;

/** `move`, or `move.dueAt` of a field that is an object or a list of them. */
type PathOf<S> = { [Key in keyof S & string]: Key | `${Key}.${Part<Inner<S[Key]>>}` }[keyof S & string];

type ValueAt<S, Path extends string> = Path extends keyof S
  ? Inner<S[Path]>
  : Path extends `${infer Key extends keyof S & string}.${infer Name}`
    ? Name extends keyof Inner<S[Key]>
      ? Exclude<Inner<S[Key]>[Name], undefined>
      : never
    : never;

interface Comparison<Value> {
  /** Is not there, said so that an index of it is used, which has it under nothing. */
  readonly $eq?: null;
  readonly $in?: readonly Value[];
  readonly $nin?: readonly Value[];
  readonly $ne?: Value;
  readonly $gt?: Value;
  readonly $gte?: Value;
  readonly $lt?: Value;
  readonly $lte?: Value;
  readonly $exists?: boolean;
}

/** Which records are meant. A value that may be undefined does not compile: a store takes it for "whatever it is". */
export type Filter<S> = {
  readonly [Path in PathOf<S>]?: ValueAt<S, Path> | Comparison<ValueAt<S, Path>>;
} & { readonly $or?: readonly Filter<S>[] };

export type Order<S> = { readonly [Path in PathOf<S>]?: 1 | -1 };

/** The keys of an index in their order, and what is special about it. */
export type Index<S> = readonly [
  keys: Order<S>,
  options?: {
    readonly unique?: true;
    readonly expireAfterSeconds?: number;
    readonly partialFilterExpression?: Filter<S>;
  },
];

/** Takes a field away where a record need not have it. */
type Removal<Value> = undefined extends Value ? null : never;
type ElementOf<Value> = Value extends readonly (infer Element)[] ? Element : never;
type Counts<S> = {
  readonly [Path in PathOf<S> as ValueAt<S, Path> extends number ? Path : never]?: number | undefined;
};

/** Added to a list of which the last ones are kept: as many as `$slice` says, which is negative. */
interface Kept<Element> {
  readonly $each: readonly Element[];
  readonly $slice: number;
}

/** What becomes of a record; what is undefined stays as it is. */
export interface Update<All, S> {
  /** `null` takes a field away. */
  readonly set?: { readonly [Key in keyof All]?: All[Key] | Removal<All[Key]> | undefined } | undefined;
  /** Only if the update makes the record. */
  readonly setOnInsert?: Changes<All> | undefined;
  /** Adds to a number. */
  readonly inc?: Counts<S> | undefined;
  readonly min?: Counts<S> | undefined;
  readonly max?: Counts<S> | undefined;
  readonly push?:
    | { readonly [Key in keyof All]?: ElementOf<All[Key]> | Kept<ElementOf<All[Key]>> | undefined }
    | undefined;
  readonly pull?: { readonly [Key in keyof All]?: Filter<ElementOf<All[Key]>> } | undefined;
}

/** Some of these fields, given anew; what is undefined stays as it is, `null` removes what may be missing. */
export type Changes<Values> = {
  readonly [Key in keyof Values]?: Values[Key] | undefined | (undefined extends Values[Key] ? null : never);
};

export interface Within {
  readonly tx?: Transaction | undefined;
}

/** Where something is read: in a transaction, or in what one that is over has seen. */
export interface ReadWithin {
  readonly tx?: Reads | undefined;
}

export interface Upserting extends Within {
  /** Makes the record if there is none. */
  readonly upsert?: boolean | undefined;
}

export interface Reading<S> extends ReadWithin {
  readonly sort?: Order<S> | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
}

/** How many records an update found, changed and made. */
export type Written = Readonly<Record<'matchedCount' | 'modifiedCount' | 'upsertedCount', number>>;
