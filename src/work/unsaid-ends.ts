/** Claims of this process that have ended while the store took no word of it: nobody works there, and nobody else may. */
export interface UnsaidEnds {
  /** Notes one by its token. */
  add(token: string): void;
  /** Says it of all that are left, if the store takes it by now. */
  say(): Promise<void>;
}

export function createUnsaidEnds(free: (tokens: readonly string[]) => Promise<void>): UnsaidEnds {
  const left = new Set<string>();
  return {
    add: (token) => void left.add(token),
    async say() {
      if (left.size === 0) return;
      const tokens = [...left];
      await free(tokens);
      for (const token of tokens) left.delete(token);
    },
  };
}
