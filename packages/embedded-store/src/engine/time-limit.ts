import { MongoError } from './mongo-error.ts';
import type { View } from './store.ts';

/**
 * A view that is given for `mostMs` only (for ever where there is none): a search asks for it again and again. Then error 50.
 * `turn` is another one in each batch of a cursor: what it rests between two of them is not counted.
 */
export function inTime(view: () => View, mostMs?: number, turn = () => 0, ticks = () => performance.now()): () => View {
  if (mostMs === undefined) return view;
  let left = mostMs;
  let since = ticks();
  let last = turn();
  return () => {
    const now = ticks();
    if (turn() === last) left -= now - since;
    since = now;
    last = turn();
    if (left >= 0) return view();
    throw new MongoError(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
  };
}
