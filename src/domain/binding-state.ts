import { canMove, type Transitions } from './transitions.ts';

/** A Marketing Code at a spot. It is active on at most one (domain A.12-1); a released one is never active again. */
export const BINDING_STATES = ['ACTIVE', 'RELEASED', 'VOID'] as const;
export type BindingState = (typeof BINDING_STATES)[number];

export const BINDING_MOVES: Transitions<BindingState> = {
  ACTIVE: ['RELEASED', 'VOID'],
  RELEASED: [],
  VOID: [],
};

export function bindingCanMove(from: BindingState, to: BindingState): boolean {
  return canMove(BINDING_MOVES, from, to);
}
