import { ACTIONS } from '../../cards/actions.ts';
import type { SingleWrite } from '../../models/transaction.ts';

/**
 * Which actions wrote more than the card that was tapped when they were last tapped by anybody: the others are begun without a transaction.
 * One that was taken for such a one by mistake is begun once more, and is known then.
 */
export function createActionsThatWrite(): (action: string) => SingleWrite | undefined {
  const known: ReadonlySet<string> = new Set(ACTIONS);
  const writeMore = new Set<string>();
  return (action) => {
    // what a tap says may be anything
    if (!known.has(action)) return undefined;
    return {
      isLikely: () => !writeMore.has(action),
      was: (single) => void (single ? writeMore.delete(action) : writeMore.add(action)),
    };
  };
}
