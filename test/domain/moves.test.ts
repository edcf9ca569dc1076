import { describe, expect, it } from 'vitest';
import { APPEAL_MOVES, isOpenAppeal } from '../../src/domain/appeal-state.ts';
import { ASSOCIATION_MOVES } from '../../src/domain/association-state.ts';
import { BINDING_MOVES } from '../../src/domain/binding-state.ts';
import { DRAFT_MOVES } from '../../src/domain/draft-state.ts';
import { AT_WORK, INSPECTION_MOVES } from '../../src/domain/inspection-state.ts';
import { canMove, isFinal, type Moves, statesBefore, statesOf } from '../../src/domain/moves.ts';
import { LAPSING, REVIEW_MOVES } from '../../src/domain/review-state.ts';

/** What ends, by machine: a review and an inspection never do, for a reviewer may decide again at any time. */
const FINAL: readonly (readonly [string, Moves<string>, readonly string[]])[] = [
  ['review', REVIEW_MOVES, []],
  ['appeal', APPEAL_MOVES, ['ACCEPTED', 'DENIED', 'WITHDRAWN', 'EXPIRED']],
  ['association', ASSOCIATION_MOVES, ['REJECTED', 'WITHDRAWN', 'LEFT', 'REMOVED']],
  ['draft', DRAFT_MOVES, ['SUBMITTED', 'DISCARDED']],
  ['binding', BINDING_MOVES, ['RELEASED']],
  ['inspection', INSPECTION_MOVES, []],
];

describe.each(FINAL)('the moves of a %s', (_, table, final) => {
  it('never stay, and lead from the beginning to every state', () => {
    expect(statesOf(table).filter((state) => canMove(table, state, state))).toEqual([]);
    const reached = new Set(statesOf(table).filter((state) => canMove(table, 'NEW', state)));
    for (const from of reached) {
      for (const to of statesOf(table)) if (canMove(table, from, to)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...statesOf(table)].sort());
  });

  it('end only where nothing can be done any more', () => {
    expect(statesOf(table).filter((state) => isFinal(table, state))).toEqual(final);
  });
});

it('what is looked for by its state is what the table lets move', () => {
  expect(statesBefore(ASSOCIATION_MOVES, 'EXPIRED')).toEqual(['PENDING', 'INVITED', 'REFUSED']);
  expect(statesBefore(BINDING_MOVES, 'RELEASED')).toEqual(['ACTIVE']);
  expect(LAPSING).toEqual(['REJECTED', 'INVALIDATED', 'MODIFYING']);
  expect(statesOf(APPEAL_MOVES).filter(isOpenAppeal)).toEqual(['DRAFT', 'FILED']);
  expect(AT_WORK).toEqual(['ASSIGNED', 'STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT']);
});
