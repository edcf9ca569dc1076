import type { Doc } from './doc.ts';
import { changeDocument } from './documents.ts';
import { parseFilter } from './filter.ts';
import { matchingPages } from './query.ts';
import type { Slices } from './slices.ts';
import type { Store } from './store.ts';

/** Removes what TTL indexes say is over, page by page. */
export function* removeExpired(store: Store, now: number): Slices<Doc> {
  for (const known of store.writing.catalog.values()) {
    for (const { fields, spec } of known.indexes) {
      if (spec.expireAfterSeconds === undefined) continue;
      const latest = new Date(now - Number(spec.expireAfterSeconds) * 1_000);
      const over = { [fields[0]?.path.join('.') ?? '']: { $lte: latest } };
      const filter = parseFilter({ $and: [over, spec.partialFilterExpression ?? {}] });
      for (const page of matchingPages(() => store.writing, known, { filter })) {
        const now = store.writing.catalog.get(`${known.db}.${known.name}`) ?? known;
        for (const row of page) changeDocument(store, now, row);
        yield false;
      }
    }
  }
  return {};
}
