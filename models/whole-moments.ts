const PAGE = 500;

/** From when until when, milliseconds, the end not included; at most so many, the earliest first. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/**
 * Page after page of what has a time, the earliest first, each as soon as it is read: all of one moment in one page, so that nothing is
 * left out or comes twice where many have the same time, without an order among these. `pageSize`: for tests.
 */
export async function* wholeMoments<Row>(
  read: (window: Window) => Promise<readonly Row[]>,
  timeOf: (row: Row) => number,
  { from, to, pageSize = PAGE }: { readonly from: number; readonly to: number; readonly pageSize?: number },
): AsyncGenerator<readonly Row[]> {
  let begin = from;
  for (let limit = pageSize; ; ) {
    const rows = await read({ from: begin, to, limit });
    const last = rows.at(-1);
    if (last === undefined) return;
    if (rows.length < limit) return yield rows;
    const end = timeOf(last);
    const whole = rows.filter((row) => timeOf(row) < end);
    if (whole.length === 0) {
      limit *= 2;
      continue;
    }
    yield whole;
    begin = end;
    limit = pageSize;
  }
}
