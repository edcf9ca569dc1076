/** One figure, beside the floor measured in the same run. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  /** What the floor is. */
  readonly floorIs?: string;
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** What keeps the figure from being better; shown where the goal is missed. */
  readonly bound?: string;
}

/** `value / floor`, or null where there is no floor. */
export function ratioOf({ value, floor }: Row): number | null {
  return floor === undefined || floor === 0 ? null : Number((value / floor).toFixed(3));
}

/** Whether the part came to a figure at all, and to its floor's. */
export function isMeasured({ value, floor = 0 }: Row): boolean {
  return Number.isFinite(value) && Number.isFinite(floor);
}

export function withoutGoal({ goal: _, ...row }: Row): Row {
  return row;
}

export function isMissed({ value, goal }: Row): boolean {
  if (!goal) return false;
  // a figure that could not be measured is missed too
  return 'atMost' in goal ? !(value <= goal.atMost) : !(value >= goal.atLeast);
}

/** The rows as a table to read. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${rounded(row.value)} ${row.unit}`,
    row.floor === undefined ? '' : `${rounded(row.floor)} (${row.floorIs ?? ''})`,
    ratioOf(row)?.toFixed(2) ?? '',
    goalOf(row),
  ]);
  const all = [['figure', 'value', 'floor', 'ratio', 'goal'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function goalOf(row: Row): string {
  if (!row.goal) return '';
  const goal = 'atMost' in row.goal ? `≤ ${row.goal.atMost}` : `≥ ${row.goal.atLeast}`;
  return isMissed(row) ? `✗ ${goal}: ${row.bound ?? 'not known why'}` : `✓ ${goal}`;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
