/** What of a file was not as documented and was read all the same, for its result to say. */
export interface Forgiven {
  /** Once more; the first `example` stands for all of them. */
  note(what: string, example?: string): void;
  /** A sentence each, in the order in which they came. */
  lines(): readonly string[];
}

const LONGEST_EXAMPLE = 60;

export function createForgiven(): Forgiven {
  const noted = new Map<string, { times: number; readonly example: string | undefined }>();
  return {
    note(what, example) {
      const known = noted.get(what);
      if (known === undefined) noted.set(what, { times: 1, example });
      else known.times += 1;
    },
    lines: () =>
      [...noted].map(([what, { times, example }]) => {
        const said = example === undefined ? '' : ` (${example.slice(0, LONGEST_EXAMPLE)})`;
        return times === 1 ? `${what}${said}` : `${times} times: ${what}${said}`;
      }),
  };
}
