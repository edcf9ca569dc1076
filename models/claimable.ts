/** What there is to be done in a queue of the store. */
export interface Due {
  /** So many can be claimed now. */
  readonly count: number;
  /** When the next one is due after that, by `clock.now()`. */
  readonly nextAt: number | undefined;
  /** When one that is due is free though whoever claimed it said nothing, by `machine()`. */
  readonly freeAt: number | undefined;
}

/** Of rows that are due those that nobody has claimed, and when the first of the others is free. */
export function claimable(rows: readonly { readonly leaseUntil: number }[], machine: number): Omit<Due, 'nextAt'> {
  const ends = rows.map(({ leaseUntil }) => leaseUntil).filter((until) => until > machine);
  return { count: rows.length - ends.length, freeAt: ends.length > 0 ? Math.min(...ends) : undefined };
}
