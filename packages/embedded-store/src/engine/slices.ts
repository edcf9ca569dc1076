/**
 * Work that gives way now and then: what it has done by then may be made durable, and others may change anything before it goes on.
 * Where it gives `true`, it has to be made durable.
 */
export type Slices<T> = Generator<boolean, T, void>;

export function isSlices<T extends object>(work: T | Slices<T>): work is Slices<T> {
  return 'next' in work && typeof work.next === 'function';
}

/** Does all of it at once. */
export function atOnce<T extends object>(work: T | Slices<T>): T {
  if (!isSlices(work)) return work;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
