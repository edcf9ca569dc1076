import type { Doc } from './doc.ts';
import { badValue } from './mongo-error.ts';
import { joinedKey } from './ordered-key.ts';
import { type Path, parsePath, plainAt } from './paths.ts';
import { asDoc, isNumber } from './values.ts';

/** The fields of a sort or of an index. */
export type Order = readonly { path: Path; direction: 1 | -1 }[];

/** Parses a sort, or the key of an index: every value 1 or -1; for anything else (`$meta`) the given refusal. */
export function parseOrder(fields: unknown = {}, refusal = badValue): Order {
  return Object.entries(asDoc(fields, 'sort')).map(([path, direction]) => {
    const number = isNumber(direction) ? Number(String(direction)) : 0;
    if (number !== 1 && number !== -1) throw refusal(`the embedded store has only 1 and -1 for '${path}'`);
    return { path: parsePath(path), direction: number };
  });
}

/** The key of a document in an order, each value in its field's direction; BadValue where it has an array. */
export function keyOf(order: Order, doc: Doc): Buffer {
  return joinedKey(order, ({ path }) => plainAt(doc, path));
}
