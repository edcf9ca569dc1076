/** How one collection, or one folder of files, gets rid of what is over (data 6). */
export interface RetentionRule {
  /** The collection, or the folder below the data folder: `outgoing`. */
  readonly of: string;
  /** Removes what is due at `now` (by `clock.now()`), a small batch at a time; yields how many each took. Begun again it goes on. */
  remove(now: number): AsyncGenerator<number>;
}

/** Rows that are removed together: nobody waits for so few. */
export const AT_ONCE = 100;

export interface Page {
  readonly skip: number;
  readonly limit: number;
}

/** Removes some at most, until it is fewer. */
export async function* untilNoneIsLeft(removeSome: (most: number) => Promise<number>): AsyncGenerator<number> {
  for (;;) {
    const removed = await removeSome(AT_ONCE);
    yield removed;
    if (removed < AT_ONCE) return;
  }
}

/** Reads what may be due page by page in one order, past what `remove` leaves where it is. */
export async function* pageByPage<T>(
  read: (page: Page) => Promise<readonly T[]>,
  remove: (page: readonly T[]) => Promise<number>,
): AsyncGenerator<number> {
  for (let skip = 0; ; ) {
    const page = await read({ skip, limit: AT_ONCE });
    if (page.length === 0) return;
    const removed = await remove(page);
    yield removed;
    skip += page.length - removed;
  }
}
