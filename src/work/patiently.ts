import { within } from './within.ts';

/** The pieces of `source`, one after the other; throws what `late` makes when the next one does not come within so many milliseconds. */
export async function* patiently<T>(source: AsyncIterable<T>, longestMs: number, late: () => Error): AsyncGenerator<T> {
  const pieces = source[Symbol.asyncIterator]();
  for (;;) {
    const next = await within(longestMs, pieces.next(), undefined);
    if (next === undefined) throw late();
    if (next.done) return;
    yield next.value;
  }
}
