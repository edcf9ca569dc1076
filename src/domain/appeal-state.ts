import { isFinal, type Moves } from './moves.ts';

/** An appeal against one decision on one revision of an item (domain A.11). */
export type AppealState = 'DRAFT' | 'FILED' | 'ACCEPTED' | 'DENIED' | 'WITHDRAWN' | 'EXPIRED';

const MOOT = 'its item is approved meanwhile';

export const APPEAL_MOVES = {
  NEW: { DRAFT: 'the promoter begins it' },
  DRAFT: {
    FILED: 'the promoter sends it',
    WITHDRAWN: 'the promoter cancels it, or modifies instead',
    EXPIRED: `the deadline of its item passes, or ${MOOT}`,
  },
  FILED: {
    ACCEPTED: 'a row about the appeal approves',
    DENIED: 'a row about the appeal rejects',
    WITHDRAWN: 'the promoter takes it back before the deadline of its item',
    EXPIRED: MOOT,
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
