import type { Moves } from './moves.ts';

/** A Marketing Code at a spot. It is active on at most one (domain A.12-1); a released one is never active again. */
export type BindingState = 'ACTIVE' | 'RELEASED';

export const BINDING_MOVES = {
  NEW: { ACTIVE: 'a spot is submitted with the code' },
  ACTIVE: { RELEASED: 'its spot is sent again with another code, or another spot of the ISO with this one' },
  RELEASED: {},
} as const satisfies Moves<BindingState>;
