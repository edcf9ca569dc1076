import type { Moves } from './moves.ts';

/**
 * A promotion in the making, or what puts an item right (domain A.11). Submitted, a promotion has no state of its own: how it stands
 * follows from the reviews of its items.
 */
export type DraftState = 'OPEN' | 'SUBMITTED' | 'DISCARDED';

export const DRAFT_MOVES = {
  NEW: { OPEN: 'the promoter begins it' },
  OPEN: {
    SUBMITTED: 'the promoter submits it',
    DISCARDED: 'whoever has it in hand discards it, or began the same shop before; its item is decided or lapses',
  },
  SUBMITTED: {},
  DISCARDED: {},
} as const satisfies Moves<DraftState>;
