type Row = Readonly<Record<string, unknown>>;

/** Rows in an order of the store: nothing, numbers, texts by their characters, yes and no, times. Of lists it knows nothing. */
export function inOrder<R extends Row>(rows: readonly R[], order: Readonly<Record<string, 1 | -1>>): readonly R[] {
  const keys = Object.entries(order);
  if (keys.length === 0) return rows;
  return rows.toSorted((one, other) => {
    for (const [path, way] of keys) {
      const compared = compare(at(one, path), at(other, path));
      if (compared !== 0) return compared * way;
    }
    return 0;
  });
}

function at(row: Row, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value instanceof Object ? Reflect.get(value, part) : undefined), row);
}

function compare(one: unknown, other: unknown): number {
  const [mine, others] = [rankOf(one), rankOf(other)];
  if (mine !== others) return mine - others;
  if (typeof one === 'string' && typeof other === 'string') return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return Number(one ?? 0) - Number(other ?? 0);
}

const RANKS: Readonly<Record<string, number>> = { undefined: 0, number: 1, bigint: 1, string: 2, boolean: 4 };

function rankOf(value: unknown): number {
  if (value === null) return 0;
  return value instanceof Date ? 5 : (RANKS[typeof value] ?? 3);
}
