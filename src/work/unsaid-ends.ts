import type { IdSource } from '@field/kit/ids';

/** Claims of this process that have ended while the store took no word of it: nobody works there, and nobody else may. */
export interface UnsaidEnds {
  /** Does work that claims something by the token it is given; where it fails, its end may be one of these, and is said later. */
  follow(work: (token: string) => Promise<void>): Promise<void>;
  /** Says it of all that are left, if the store takes it by now. */
  say(): Promise<void>;
}

export function createUnsaidEnds(
  ids: Pick<IdSource, 'lease'>,
  free: (tokens: readonly string[]) => Promise<void>,
): UnsaidEnds {
  const left = new Set<string>();
  return {
    async follow(work) {
      const token = ids.lease();
      try {
        await work(token);
      } catch (thrown) {
        left.add(token);
        throw thrown;
      }
    },
    async say() {
      if (left.size === 0) return;
      const tokens = [...left];
      await free(tokens);
      for (const token of tokens) left.delete(token);
    },
  };
}
