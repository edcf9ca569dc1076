import { isDeepStrictEqual } from 'node:util';
import { type Counted, changesIn, correctTallies, type TallyCorrection } from './tallies.ts';
import { inTransaction } from './transaction.ts';

const TRIES = 3;

export interface Recounting {
  /** Whose numbers they are. */
  readonly whose: { readonly isoId: string; readonly userId: string };
  /** The rows of which one changes with each of these numbers. */
  readonly changeWith: Counted;
  /** Counts from the rows themselves, and says by how much what is kept is wrong. */
  readonly wrong: () => Promise<readonly TallyCorrection[]>;
}

/**
 * Puts right what is kept of some numbers; answers how many were wrong. They are counted outside of the transaction, however many rows there are:
 * whoever writes would wait meanwhile. What was found holds as long as nobody has changed any of them since it was begun; it is found anew then, and
 * left for another night where somebody always does.
 */
export async function recount({ whose, changeWith, wrong }: Recounting): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await changesIn(changeWith);
    const corrections = await wrong();
    if (corrections.length === 0) return 0;
    const holds = await inTransaction(async (tx) => {
      if (!isDeepStrictEqual(await changesIn(changeWith, tx), before)) return false;
      await correctTallies(whose, corrections, tx);
      return true;
    });
    if (holds) return corrections.reduce((sum, { by }) => sum + Object.keys(by).length, 0);
  }
  return 0;
}
