/** Something wrong in a programme's files: where, and what to do about it. */
export interface Mistake {
  /** As it is called in the folder: `programme.yaml`. */
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  readonly column: number;
  /** A sentence that says what is wrong and what to write. */
  readonly say: string;
}

/** `programme.yaml:12:7  products.RED.on is "yes": write true or false.` */
export function lineOf({ file, line, column, say }: Mistake): string {
  return `${file}:${line}:${column}  ${say}`;
}

/** Each once, by file and place. */
export function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  const unique = new Map(mistakes.map((mistake) => [lineOf(mistake), mistake]));
  return [...unique.values()].toSorted(
    (one, other) => compare(one.file, other.file) || one.line - other.line || one.column - other.column,
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
