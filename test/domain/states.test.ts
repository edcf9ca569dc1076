import { describe, expect, it } from 'vitest';
import { ASSOCIATION_MOVES, ASSOCIATION_STATES, associationCanMove } from '../../src/domain/association-state.ts';
import { BINDING_MOVES, BINDING_STATES, bindingCanMove } from '../../src/domain/binding-state.ts';
import { PROMOTION_MOVES, PROMOTION_STATES, promotionCanMove } from '../../src/domain/promotion-state.ts';
import { REVIEW_MOVES, REVIEW_STATES, reviewCanMove } from '../../src/domain/review-state.ts';
import { isFinal } from '../../src/domain/transitions.ts';

interface Machine {
  readonly states: readonly string[];
  readonly moves: Readonly<Record<string, readonly string[]>>;
  readonly canMove: (from: never, to: never) => boolean;
  readonly drawn: string;
}

/** Each machine as it is drawn: every arrow, and by its absence every one that must not be. */
const MACHINES: Readonly<Record<string, Machine>> = {
  association: {
    states: ASSOCIATION_STATES,
    moves: ASSOCIATION_MOVES,
    canMove: associationCanMove,
    drawn: `PENDING>APPROVED PENDING>REJECTED PENDING>WITHDRAWN PENDING>EXPIRED APPROVED>INVITED APPROVED>ACTIVE
      INVITED>ACTIVE INVITED>EXPIRED ACTIVE>SUSPENDED ACTIVE>REMOVED SUSPENDED>ACTIVE SUSPENDED>REMOVED EXPIRED>INVITED`,
  },
  promotion: {
    states: PROMOTION_STATES,
    moves: PROMOTION_MOVES,
    canMove: promotionCanMove,
    drawn: `DRAFT>SUBMITTED DRAFT>CANCELLED DRAFT>EXPIRED SUBMITTED>IN_REVIEW IN_REVIEW>DECIDED DECIDED>IN_REVIEW
      DECIDED>CLOSED EXPIRED>DRAFT`,
  },
  review: {
    states: REVIEW_STATES,
    moves: REVIEW_MOVES,
    canMove: reviewCanMove,
    drawn: 'NONE>PENDING PENDING>APPROVED PENDING>REJECTED',
  },
  binding: {
    states: BINDING_STATES,
    moves: BINDING_MOVES,
    canMove: bindingCanMove,
    drawn: 'ACTIVE>RELEASED ACTIVE>VOID',
  },
};

describe.each(Object.entries(MACHINES))('%s', (_, { states, moves, canMove, drawn }) => {
  const arrows = new Set(drawn.split(/\s+/));

  it('moves along its arrows and no other way', () => {
    for (const from of states) {
      for (const to of states)
        expect([from, to, canMove(from as never, to as never)]).toEqual([from, to, arrows.has(`${from}>${to}`)]);
    }
  });

  it('never stays by a move, and ends somewhere', () => {
    expect(states.filter((state) => canMove(state as never, state as never))).toEqual([]);
    expect(states.some((state) => isFinal(moves, state))).toBe(true);
  });
});
