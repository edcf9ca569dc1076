import type { Collection, IndexField } from './catalog.ts';
import type { Row } from './documents.ts';
import type { Condition } from './filter.ts';
import { compileMatcher } from './matcher.ts';
import { sorted } from './order.ts';
import { planFor } from './plan.ts';
import { scan } from './scan.ts';
import type { View } from './store.ts';
import { type Doc, decode } from './values.ts';

/** A document that a query found. */
export interface Found extends Row {
  doc: Doc;
}

/** What to find: a parsed filter, in an order. */
export interface Wanted {
  condition: Condition;
  sort?: readonly IndexField[];
}

/** The documents that match, in order. `view` is asked again for each page, so that a resting cursor reads the present. */
export function* matching(
  view: () => View,
  collection: Collection,
  { condition, sort = [] }: Wanted,
): Generator<Found> {
  const plan = planFor(collection, condition, sort);
  const found = matchingRows(scan(view, collection, plan), condition);
  if (plan.sorted) yield* found;
  else yield* sorted(found, sort, ({ doc }) => doc);
}

function* matchingRows(rows: Iterable<Row>, condition: Condition): Generator<Found> {
  const matches = compileMatcher(condition);
  for (const { seq, raw } of rows) {
    const doc = decode(raw);
    if (matches(doc)) yield { seq, raw, doc };
  }
}

/** Skips and limits a stream; a limit of 0 is none. */
export function* slice<T>(items: Iterable<T>, skip: number, limit: number): Generator<T> {
  let place = 0;
  for (const item of items) {
    if (place++ < skip) continue;
    yield item;
    if (limit > 0 && place >= skip + limit) return;
  }
}
