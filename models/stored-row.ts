import { isDeepStrictEqual } from 'node:util';

/** A record as it stands in the store. */
export interface StoredRow {
  _id: string;
  [column: string]: unknown;
}

export function areSame(some: readonly StoredRow[], others: readonly StoredRow[]): boolean {
  const inOrder = [some, others].map((rows) => rows.toSorted((one, other) => (one._id < other._id ? -1 : 1)));
  return isDeepStrictEqual(inOrder[0], inOrder[1]);
}

/** A record that is called nothing gets its `_id` from the driver. */
export function asRow(row: Record<string, unknown>): StoredRow {
  return row as StoredRow;
}

/** The only ids that a filter can mean; undefined where it does not say. */
export function idsIn({ _id }: { readonly _id?: unknown }): readonly string[] | undefined {
  const ids: unknown = typeof _id === 'string' ? [_id] : Object(_id).$in;
  return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : undefined;
}

/** A filter by one of no values: nothing need be asked. */
export function meansNone(filter: Readonly<Record<string, unknown>>): boolean {
  return Object.values(filter).some((condition) => isDeepStrictEqual(condition, { $in: [] }));
}
