import { isDoc } from './doc.ts';
import type { Found } from './documents.ts';
import { orderedKey } from './ordered-key.ts';
import type { PageRow } from './page-rows.ts';
import { rowsOfIds } from './pages.ts';
import { asFound } from './query.ts';
import type { Collection, Store } from './store.ts';

/** So many documents are read at once; where fewer are named, one by one. */
const [AT_ONCE, FEWEST] = [64, 8];

/**
 * Reads what the updates of a batch name by its id before each of them comes to it, many at once: a call of SQLite for one takes as long as what is
 * then done with it. Gives what the update at a place names, once; nothing where that is to be looked for, as whatever may have been written since.
 */
export function namedAhead(store: Store, updates: unknown) {
  const keys = Array.isArray(updates) && updates.length >= FEWEST ? updates.map(keyNamed) : [];
  const rows = new Map<string, PageRow>();
  let [upTo, turn] = [0, -1];
  return (place: number, collection: Collection | undefined): Found | undefined => {
    const key = keys[place];
    // others had their turn, or an update may mean any document
    if (key === undefined || turn !== store.turn) rows.clear();
    if (key === undefined || collection === undefined) return undefined;
    if (place >= upTo || turn !== store.turn) {
      [upTo, turn] = [place + AT_ONCE, store.turn];
      const wanted = keys.slice(place, upTo).flatMap((one) => one ?? []);
      for (const row of rowsOfIds(store.writing.sql, collection, wanted, AT_ONCE))
        rows.set(row[2].toString('latin1'), row);
    }
    const id = key.toString('latin1');
    const row = rows.get(id);
    rows.delete(id);
    return row && asFound(row);
  };
}

function keyNamed(update: unknown): Buffer | undefined {
  const { q, multi, hint } = isDoc(update) ? update : {};
  return isDoc(q) && typeof q._id === 'string' && !multi && hint === undefined ? orderedKey(q._id) : undefined;
}
