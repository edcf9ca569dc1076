import type { Collection, Index } from './catalog.ts';
import { removeDocument } from './documents.ts';
import type { Condition } from './filter.ts';
import { matching, slice } from './query.ts';
import type { Store } from './store.ts';

const MOST_AT_ONCE = 1_000;

/** Removes what TTL indexes say is over, at most 1,000 documents an index; inside an open SQLite transaction. */
export function removeExpired(store: Store, now: number): void {
  for (const collection of store.writing.catalog.values()) {
    for (const index of collection.indexes) removeExpiredOf(store, collection, index, now);
  }
}

function removeExpiredOf(store: Store, collection: Collection, index: Index, now: number): void {
  const [field] = index.fields;
  if (!field || index.expireAfterSeconds === undefined) return;
  const operand = new Date(now - index.expireAfterSeconds * 1_000);
  const over: Condition = { kind: 'compare', path: field.path, by: 'lte', operand };
  const condition: Condition = { kind: 'and', parts: index.only ? [over, index.only.condition] : [over] };
  const found = [
    ...slice(
      matching(() => store.writing, collection, { condition }),
      0,
      MOST_AT_ONCE,
    ),
  ];
  for (const { seq, doc } of found) removeDocument(store, collection, seq, doc);
}
