import { Schema } from 'mongoose';
import { seal, sealJson, unseal, unsealJson } from './sealing.ts';

/** One field of a collection: its type in memory, and how its value is stored. */
export interface Field<Value, IsOptional extends boolean = false, IsSealed extends boolean = false> {
  /** As mongoose declares it. */
  readonly type: unknown;
  readonly isOptional: IsOptional;
  readonly isSealed: IsSealed;
  /** What it is called in the store, where that is not what it is called in memory. */
  readonly column?: string | undefined;
  toStore(value: Value): unknown;
  toMemory(stored: unknown): Value;
  /** Mends what is read, where an earlier version of the product stored it otherwise. */
  readBy(mend: (stored: Value) => Value): Field<Value, IsOptional, IsSealed>;
  /** A record need not have it. */
  optional(): Field<Value, true, IsSealed>;
}

/** Fields by the name that they have in memory. */
export type Fields = Readonly<Record<string, Field<unknown, boolean, boolean>>>;

/** Text; of a few known words with `text<'OPEN' | 'CLOSED'>()`. */
export function text<Value extends string = string>(): Field<Value> {
  return plain<Value>(String);
}

export function number(): Field<number> {
  return plain<number>(Number);
}

export function flag(): Field<boolean> {
  return plain<boolean>(Boolean);
}

/** Stands there or does not: what a partial index goes by. */
export function mark(): Field<true, true> {
  return plain<true>(Boolean).optional();
}

export function date(): Field<Date> {
  return plain<Date>(Date);
}

export function list<Element>(): Field<readonly Element[]> {
  return plain<readonly Element[]>([Schema.Types.Mixed]);
}

/** Any plain value, stored as it is; in the store it is called `column` where that is said. */
export function value<Value>(column?: string): Field<Value> {
  return plain<Value>(Schema.Types.Mixed, column);
}

/** Any plain value that nobody looks into in the store, as one text: of thousands of fields the store then reads and writes one. */
export function packed<Value>(): Field<Value> {
  return declare(
    String,
    false,
    undefined,
    (given: Value) => JSON.stringify(given),
    (stored) => JSON.parse(String(stored)) as Value,
  );
}

/** Text about a person, unreadable in the store: `name` stands there as `sealedName`, unless `column` says otherwise. */
export function sealed(column?: string): Field<string, false, true> {
  return declare(String, true, column, seal, (stored) => unseal(String(stored)));
}

/** `sealed` for any plain value. */
export function sealedValue<Value>(column?: string): Field<Value, false, true> {
  return declare(String, true, column, sealJson, (stored) => unsealJson<Value>(String(stored)));
}

/** What is stored was checked by the compiler when it was written. */
function plain<Value>(type: unknown, column?: string): Field<Value> {
  return declare(
    type,
    false,
    column,
    (given: Value) => given,
    (stored) => stored as Value,
  );
}

function declare<Value, IsSealed extends boolean>(
  type: unknown,
  isSealed: IsSealed,
  column: string | undefined,
  toStore: (value: Value) => unknown,
  toMemory: (stored: unknown) => Value,
): Field<Value, false, IsSealed> {
  return field({ type, isOptional: false, isSealed, column, toStore, toMemory });
}

function field<Value, IsOptional extends boolean, IsSealed extends boolean>(
  said: Omit<Field<Value, IsOptional, IsSealed>, 'readBy' | 'optional'>,
): Field<Value, IsOptional, IsSealed> {
  return {
    ...said,
    readBy: (mend) => field({ ...said, toMemory: (stored) => mend(said.toMemory(stored)) }),
    optional: () => field({ ...said, isOptional: true }),
  };
}
