import { describe, expect, it } from 'vitest';
import { APPEAL_MOVES, APPEAL_STATES, appealCanMove } from '../../src/domain/appeal-state.ts';
import { ASSOCIATION_MOVES, ASSOCIATION_STATES, associationCanMove } from '../../src/domain/association-state.ts';
import { BINDING_MOVES, BINDING_STATES, bindingCanMove } from '../../src/domain/binding-state.ts';
import { INSPECTION_MOVES, INSPECTION_STATES, inspectionCanMove } from '../../src/domain/inspection-state.ts';
import { PROMOTION_MOVES, PROMOTION_STATES, promotionCanMove } from '../../src/domain/promotion-state.ts';
import { REVIEW_MOVES, REVIEW_STATES, reviewCanMove } from '../../src/domain/review-state.ts';
import { isFinal } from '../../src/domain/transitions.ts';

interface Machine {
  readonly states: readonly string[];
  readonly moves: Readonly<Record<string, readonly string[]>>;
  readonly canMove: (from: never, to: never) => boolean;
  readonly drawn: string;
  /** No state is the last one. */
  readonly endless?: true;
}

/** Each machine as it is drawn: every arrow, and by its absence every one that must not be. */
const MACHINES: Readonly<Record<string, Machine>> = {
  association: {
    states: ASSOCIATION_STATES,
    moves: ASSOCIATION_MOVES,
    canMove: associationCanMove,
    drawn: `PENDING>APPROVED PENDING>ACTIVE PENDING>REJECTED PENDING>WITHDRAWN PENDING>EXPIRED APPROVED>INVITED
      APPROVED>ACTIVE APPROVED>WITHDRAWN INVITED>ACTIVE INVITED>EXPIRED INVITED>WITHDRAWN ACTIVE>SUSPENDED ACTIVE>REMOVED SUSPENDED>ACTIVE SUSPENDED>REMOVED EXPIRED>INVITED`,
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
    drawn: `PENDING>APPROVED PENDING>REJECTED PENDING>INVALIDATED APPROVED>PENDING APPROVED>REJECTED APPROVED>INVALIDATED
      REJECTED>PENDING REJECTED>APPROVED REJECTED>INVALIDATED REJECTED>MODIFYING REJECTED>APPEALING REJECTED>LAPSED
      INVALIDATED>PENDING INVALIDATED>APPROVED INVALIDATED>REJECTED INVALIDATED>MODIFYING INVALIDATED>APPEALING
      INVALIDATED>LAPSED MODIFYING>PENDING MODIFYING>APPROVED MODIFYING>REJECTED MODIFYING>INVALIDATED MODIFYING>LAPSED
      APPEALING>PENDING APPEALING>APPROVED APPEALING>REJECTED APPEALING>INVALIDATED APPEALING>REJECTED_FINAL
      APPEALING>LAPSED REJECTED_FINAL>PENDING REJECTED_FINAL>APPROVED LAPSED>PENDING LAPSED>APPROVED`,
    // a reviewer may decide again at any time
    endless: true,
  },
  appeal: {
    states: APPEAL_STATES,
    moves: APPEAL_MOVES,
    canMove: appealCanMove,
    drawn: `DRAFT>FILED DRAFT>WITHDRAWN DRAFT>EXPIRED FILED>ACCEPTED FILED>DENIED FILED>WITHDRAWN FILED>EXPIRED`,
  },
  inspection: {
    states: INSPECTION_STATES,
    moves: INSPECTION_MOVES,
    canMove: inspectionCanMove,
    drawn: `ASSIGNED>STARTED ASSIGNED>CANNOT_INSPECT ASSIGNED>REASSIGNED ASSIGNED>EXPIRED STARTED>DEPLOYMENT_CHECKED
      STARTED>PAYMENT_VERIFIED STARTED>CANNOT_INSPECT STARTED>REASSIGNED STARTED>EXPIRED STARTED>APPROVED
      DEPLOYMENT_CHECKED>STARTED DEPLOYMENT_CHECKED>APPROVED PAYMENT_VERIFIED>APPROVED CANNOT_INSPECT>APPROVED
      DEPLOYMENT_CHECKED>PAYMENT_VERIFIED DEPLOYMENT_CHECKED>CANNOT_INSPECT DEPLOYMENT_CHECKED>REASSIGNED
      DEPLOYMENT_CHECKED>EXPIRED PAYMENT_VERIFIED>STARTED PAYMENT_VERIFIED>DEPLOYMENT_CHECKED PAYMENT_VERIFIED>SUBMITTED
      PAYMENT_VERIFIED>CANNOT_INSPECT PAYMENT_VERIFIED>REASSIGNED PAYMENT_VERIFIED>EXPIRED CANNOT_INSPECT>STARTED
      CANNOT_INSPECT>DEPLOYMENT_CHECKED CANNOT_INSPECT>PAYMENT_VERIFIED
      CANNOT_INSPECT>SUBMITTED CANNOT_INSPECT>REASSIGNED CANNOT_INSPECT>EXPIRED SUBMITTED>APPROVED SUBMITTED>REJECTED
      APPROVED>REJECTED REJECTED>STARTED REJECTED>APPROVED REASSIGNED>ASSIGNED EXPIRED>ASSIGNED`,
    endless: true,
  },
  binding: {
    states: BINDING_STATES,
    moves: BINDING_MOVES,
    canMove: bindingCanMove,
    drawn: 'ACTIVE>RELEASED ACTIVE>VOID',
  },
};

describe.each(Object.entries(MACHINES))('%s', (_, { states, moves, canMove, drawn, endless = false }) => {
  const arrows = new Set(drawn.split(/\s+/));

  it('moves along its arrows and no other way', () => {
    for (const from of states) {
      for (const to of states)
        expect([from, to, canMove(from as never, to as never)]).toEqual([from, to, arrows.has(`${from}>${to}`)]);
    }
  });

  it('never stays by a move, and ends somewhere unless it is endless', () => {
    expect(states.filter((state) => canMove(state as never, state as never))).toEqual([]);
    expect(states.some((state) => isFinal(moves, state))).toBe(!endless);
  });
});
