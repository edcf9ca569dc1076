import { isDoc } from './doc.ts';
import type { Found } from './documents.ts';
import { keyOf } from './order.ts';
import { orderedKey } from './ordered-key.ts';
import type { PageRow } from './page-rows.ts';
import { rowsOfKeys } from './pages.ts';
import { asFound } from './query.ts';
import type { Collection, Index, Store } from './store.ts';

/** So many documents are read at once; where fewer are named, one by one. */
const [AT_ONCE, FEWEST] = [64, 8];

/** What a statement at a place of its batch names, where that is known. */
export type Ahead = (place: number, collection: Collection | undefined) => Found | undefined;

/**
 * Reads what the updates of a batch name in one collection, by its id or by the whole key of an index, before each of them comes to it, many at once: a
 * call of SQLite for one takes as long as what is then done with it. Gives what the update at a place names, once; nothing where that is to be looked
 * for, as whatever may have been written since. What else is done there has its place among them: it may mean any document.
 */
export function namedAhead(store: Store, updates: unknown): Ahead {
  const statements: readonly unknown[] = Array.isArray(updates) && updates.length >= FEWEST ? updates : [];
  const rows = new Map<string, PageRow>();
  let source: Named['source'] = 'ids';
  let [upTo, turn, moves] = [0, -1, 0];
  return (place, collection) => {
    const named = collection && nameIn(statements[place], collection);
    // others had their turn, or an update may mean any document
    if (!named || turn !== store.turn) rows.clear();
    if (!named || !collection) return undefined;
    if (place >= upTo || turn !== store.turn) {
      ({ source } = named);
      if (source !== 'ids') store.waiting.settle();
      [upTo, turn, moves] = [place + AT_ONCE, store.turn, store.waiting.moves];
      const wanted = statements.slice(place, upTo).flatMap((one) => nameIn(one, collection) ?? []);
      const keys = wanted.filter((one) => one.source === source).map(({ key }) => key);
      for (const row of rowsOfKeys(store.writing.sql, collection, source, keys, AT_ONCE).reverse())
        rows.set(row[2].toString('latin1'), row);
    }
    // one document may be named both ways, and what has moved in the index may be named by another key
    if (named.source !== source || (source !== 'ids' && moves !== store.waiting.moves)) rows.clear();
    const key = named.key.toString('latin1');
    const row = rows.get(key);
    rows.delete(key);
    return row && asFound(row);
  };
}

type Named = { source: 'ids' | Index; key: Buffer };

function nameIn(update: unknown, { indexes }: Collection): Named | undefined {
  const { q, multi, hint } = isDoc(update) ? update : {};
  if (!isDoc(q) || multi || hint !== undefined) return undefined;
  if (typeof q._id === 'string') return { source: 'ids', key: orderedKey(q._id) };
  const values = Object.values(q);
  if (values.length === 0 || values.some((value) => typeof value !== 'string')) return undefined;
  const source = indexes.find(({ isReady, unique, only, fields }) => {
    const isWhole = isReady && !unique && !only && fields.length === values.length;
    return isWhole && fields.every(({ path: [name = '', ...below] }) => below.length === 0 && Object.hasOwn(q, name));
  });
  return source && { source, key: keyOf(source.fields, q) };
}
