import { changeDocument } from './documents.ts';
import { parseFilter } from './filter.ts';
import { matching, slice } from './query.ts';
import type { Store } from './store.ts';

const MOST_AT_ONCE = 1_000;

/** Removes what TTL indexes say is over, at most 1,000 documents an index; inside an open SQLite transaction. */
export function removeExpired(store: Store, now: number): void {
  for (const collection of store.writing.catalog.values()) {
    for (const { fields, spec } of collection.indexes) {
      if (spec.expireAfterSeconds === undefined) continue;
      const latest = new Date(now - Number(spec.expireAfterSeconds) * 1_000);
      const over = { [fields[0]?.path.join('.') ?? '']: { $lte: latest } };
      const filter = parseFilter({ $and: [over, spec.partialFilterExpression ?? {}] });
      const found = matching(() => store.writing, collection, { filter });
      for (const row of [...slice(found, 0, MOST_AT_ONCE)]) changeDocument(store, collection, row);
    }
  }
}
