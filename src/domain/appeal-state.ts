import { isFinal, type Moves } from './moves.ts';

/** An appeal against one decision on one revision of an item (domain A.11). */
export type AppealState = 'DRAFT' | 'FILED' | 'ACCEPTED' | 'DENIED' | 'WITHDRAWN' | 'EXPIRED';

const DECIDED = 'its item is approved';

export const APPEAL_MOVES = {
  NEW: { DRAFT: 'the person begins it' },
  DRAFT: {
    FILED: 'the person sends it',
    WITHDRAWN: 'the person cancels it, or modifies instead',
    EXPIRED: `the deadline of its item, or ${DECIDED}`,
  },
  FILED: {
    ACCEPTED: 'a review row about it',
    DENIED: 'a review row about it',
    WITHDRAWN: 'the person, as long as the deadline of its item is not over',
    EXPIRED: DECIDED,
  },
  ACCEPTED: {},
  DENIED: {},
  WITHDRAWN: {},
  EXPIRED: {},
} as const satisfies Moves<AppealState>;

/** Whether it is being written or waits for its answer. */
export function isOpenAppeal(state: AppealState): boolean {
  return !isFinal(APPEAL_MOVES, state);
}
