import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canMove, statesOf } from '../../src/domain/moves.ts';
import { DECISIONS, type Judged, type Judgement, judge, ROW_OUTCOMES } from '../../src/domain/review-decision.ts';
import { isFailed, REVIEW_MOVES, type ReviewState } from '../../src/domain/review-state.ts';

const row = (change: Partial<Judgement> = {}): Judgement => ({
  revision: 1,
  decision: 'APPROVED',
  reasonCodes: [],
  decidedAt: 100,
  ...change,
});
const item = (change: Partial<Judged> = {}): Judged => ({
  state: 'PENDING',
  revision: 1,
  judgement: undefined,
  ...change,
});

/** The item after a row, as a store keeps it. */
function judgedBy(before: Judged, judgement: Judgement): Judged {
  const judging = judge(before, judgement);
  return judging.outcome === 'applied' ? { ...before, state: judging.state, judgement } : before;
}

describe('a row about an item', () => {
  it('decides it, which is news', () => {
    expect(judge(item(), row())).toEqual({ outcome: 'applied', state: 'APPROVED', news: true });
  });

  it('never touches a later revision, and waits for none that was not submitted', () => {
    expect(judge(item({ revision: 2 }), row())).toMatchObject({ outcome: 'superseded' });
    expect(judge(item(), row({ revision: 2 }))).toMatchObject({ outcome: 'unmatched' });
  });

  it('again changes nothing', () => {
    const rejected = row({ decision: 'REJECTED', reasonCodes: ['SPOT_NOT_FIXED', 'OTHER'] });
    const decided = judgedBy(item(), rejected);
    expect(judge(decided, rejected)).toMatchObject({ outcome: 'unchanged' });
    expect(judge(decided, row({ ...rejected, reasonCodes: ['OTHER', 'SPOT_NOT_FIXED'] })).outcome).toBe('unchanged');
  });

  it('that says otherwise at the same time is a conflict', () => {
    expect(judge(judgedBy(item(), row()), row({ decision: 'REJECTED' }))).toMatchObject({ outcome: 'conflict' });
  });

  it('that says the same later is applied without news', () => {
    expect(judge(judgedBy(item(), row()), row({ decidedAt: 200 }))).toMatchObject({ outcome: 'applied', news: false });
  });

  it.each(['MODIFYING', 'APPEALING', 'REJECTED_FINAL', 'LAPSED'] as const)(
    'leaves what is %s alone when it fails again, and approves it',
    (state) => {
      const judged = item({ state, judgement: row({ decision: 'REJECTED' }) });
      expect(judge(judged, row({ decision: 'REJECTED', decidedAt: 200 }))).toMatchObject({ state, news: false });
      expect(judge(judged, row({ decidedAt: 200 }))).toMatchObject({ state: 'APPROVED', news: true });
    },
  );

  it('has one of the known outcomes', () => {
    expect(ROW_OUTCOMES).toContain(judge(item(), row()).outcome);
  });
});

const rows = fc.array(
  fc.record({
    revision: fc.constantFrom(1, 2),
    decision: fc.constantFrom(...DECISIONS),
    reasonCodes: fc.subarray(['SPOT_NOT_FIXED', 'CODE_VOID']),
    decidedAt: fc.integer({ min: 1, max: 1_000 }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('any rows', () => {
  it('give the same state in any order, unless two of one time contradict each other', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (all, picks) => {
        const once = [...new Map(all.map((one) => [one.decidedAt, one])).values()];
        const shuffled = once
          .map((one) => ({ one, by: picks.next().value }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one);
        expect(shuffled.reduce(judgedBy, item())).toEqual(once.reduce(judgedBy, item()));
      }),
    );
  });

  it('move an item only along its arrows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...statesOf(REVIEW_MOVES)), rows, (state: ReviewState, all) => {
        let now = item({ state, judgement: row({ decision: 'REJECTED', decidedAt: 0 }) });
        for (const one of all) {
          const next = judgedBy(now, one);
          expect(next.state === now.state || canMove(REVIEW_MOVES, now.state, next.state)).toBe(true);
          now = next;
        }
      }),
    );
  });
});

it('only what was rejected or invalidated can still be put right', () => {
  expect(statesOf(REVIEW_MOVES).filter(isFailed)).toEqual(['REJECTED', 'INVALIDATED']);
});
