/** Something wrong in a programme's files: where, and what to do about it. */
export interface Mistake {
  /** As it is called in the folder: `programme.yaml`. */
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  readonly column: number;
  /** A sentence that says what is wrong and what to write. */
  readonly say: string;
  /** Two that share it are one: what stands behind an anchor is read wherever it is meant. */
  readonly once?: string | undefined;
}

/** `programme.yaml:12:7  products.RED.on is "yes": write true or false.` */
export function lineOf({ file, line, column, say }: Mistake): string {
  return `${file}:${line}:${column}  ${say}`;
}

/** By file and place; each once, as it was said first. */
export function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  const unique = new Map(mistakes.toReversed().map((mistake) => [mistake.once ?? lineOf(mistake), mistake]));
  return [...unique.values()].toSorted(
    (one, other) => compare(one.file, other.file) || one.line - other.line || one.column - other.column,
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
