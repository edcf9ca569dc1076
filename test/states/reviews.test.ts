import { describe, expect, it } from 'vitest';
import { APPEAL_MOVES } from '../../src/domain/appeal-state.ts';
import { REVIEW_MOVES } from '../../src/domain/review-state.ts';
import { movesOf, SeenMoves } from './moves-of.ts';
import { walkRows } from './walk-rows.ts';

describe('review rows', () => {
  const [items, appeals] = [new SeenMoves(), new SeenMoves()];
  walkRows(items, appeals);

  it('move an item and its appeal only along their arrows, whatever three of them say in whatever order', () => {
    expect(movesOf(REVIEW_MOVES)).toEqual(expect.arrayContaining(items.all));
    expect(movesOf(APPEAL_MOVES)).toEqual(expect.arrayContaining(appeals.all));
  });
});
