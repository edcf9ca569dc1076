import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Appeal } from '../../models/appeals.ts';
import type { Item } from '../../models/item-rows.ts';
import { decideReviews } from '../../src/daily/incoming/decide-reviews.ts';
import type { ReviewRow } from '../../src/daily/incoming/review-row.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
  withChangedWords,
} from '../support/shipped-programme.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

const NOW = Date.UTC(2026, 4, 10);
const HOUR = 3_600_000;
const REJECTED_AT = NOW - 100 * HOUR;
const ANSWERED_AT = NOW - 50 * HOUR;

const item: Item = {
  ...submittedSpot('spot', { submittedAt: REJECTED_AT - HOUR }),
  version: 4,
  state: 'APPEALING',
  deadlineAt: NOW + HOUR,
  settlement: undefined,
  settledBy: undefined,
  judgement: {
    revision: 1,
    decision: 'REJECTED',
    reasonCodes: ['SPOT_NOT_FIXED'],
    decidedAt: REJECTED_AT,
    dataDate: '20260505',
    text: undefined,
    language: undefined,
    sourceRowKey: 'first',
  },
};
const appeal = {
  appealId: 'appeal',
  version: 2,
  itemRef: 'spot',
  isoId: 'iso',
  userId: 'nok',
  againstRevision: 1,
  againstReasonCodes: ['SPOT_NOT_FIXED'],
  programme: 1,
  statement: 'It is fixed.',
  evidence: [],
  state: 'FILED',
  startedAt: REJECTED_AT + 1,
  filedAt: REJECTED_AT + 2,
  decidedAt: undefined,
  answer: undefined,
} as unknown as Appeal;

const row = (change: Partial<ReviewRow>): ReviewRow => ({
  sourceRowKey: `row@${change.decidedAt}`,
  dataDate: '20260507',
  isoId: 'iso',
  itemType: 'SPOT',
  itemRef: 'spot',
  submissionRevision: 1,
  decision: 'APPROVED',
  reasonCodes: [],
  decidedAt: ANSWERED_AT,
  ...change,
});

const UNDER_SHIPPED = {
  placeOf: () => ({ market: 'TH', timeZone: 'Asia/Bangkok' }),
  programmeAt: SHIPPED_PROGRAMMES.current,
  inUse: SHIPPED_PROGRAMMES.current(),
};

/** Each row in a batch of its own, on what the ones before it left. */
function after(rows: readonly ReviewRow[]): { item: Item; appeal: Appeal } {
  let now = { item, appeal };
  for (const one of rows) {
    const { items, appeals } = decideReviews([one], {
      items: [now.item],
      appeals: [now.appeal],
      ...UNDER_SHIPPED,
      now: NOW,
    });
    now = { item: items[0]?.after ?? now.item, appeal: appeals[0]?.after ?? now.appeal };
  }
  return now;
}

/** What else is said of the spot, but for an approval before the answer: that ends the appeal. */
const others = fc.uniqueArray(
  fc
    .record({
      decision: fc.constantFrom('APPROVED', 'REJECTED', 'PENDING', 'INVALIDATED'),
      reasonCodes: fc.constantFrom<string[]>([], ['CODE_VOID']),
      decidedAt: fc.integer({ min: 1, max: 99 }).map((hours) => NOW - hours * HOUR),
    })
    .filter(
      ({ decision, decidedAt }) => decidedAt !== ANSWERED_AT && (decision !== 'APPROVED' || decidedAt > ANSWERED_AT),
    ),
  { maxLength: 4, selector: ({ decidedAt }) => decidedAt },
);

/** What was denied stays final when it fails again, but not when it was better in between, which only their order tells. */
function failsAfterBetter(inOrder: readonly ReviewRow[]): boolean {
  const since = inOrder.slice(inOrder.findIndex(({ itemType }) => itemType === 'APPEAL') + 1);
  const better = since.findIndex(({ decision }) => decision === 'APPROVED' || decision === 'PENDING');
  return (
    better >= 0 && since.slice(better).some(({ decision }) => decision === 'REJECTED' || decision === 'INVALIDATED')
  );
}

it("an appeal's answer and what else is said of its item give the same item in any order, one by one or together", () => {
  fc.assert(
    fc.property(
      fc.constantFrom('APPROVED', 'REJECTED'),
      others,
      fc.infiniteStream(fc.nat()),
      (decision, said, picks) => {
        const answer = row({ itemType: 'APPEAL', itemRef: 'appeal', decision });
        const inOrder = [answer, ...said.map((one) => row(one))].sort((one, other) => one.decidedAt - other.decidedAt);
        fc.pre(decision === 'APPROVED' || !failsAfterBetter(inOrder));
        const shuffled = inOrder
          .map((one) => ({ one, by: picks.next().value }))
          .sort((one, other) => one.by - other.by)
          .map(({ one }) => one);
        const expected = after(inOrder).item;
        expect(after(shuffled).item).toEqual(expected);
        const together = decideReviews(shuffled, {
          items: [item],
          appeals: [appeal],
          ...UNDER_SHIPPED,
          now: NOW,
        });
        expect(together.items[0]?.after ?? item).toEqual(expected);
      },
    ),
  );
});

it('a second answer that says otherwise is a conflict, and nothing is changed by it', () => {
  const denied = row({ itemType: 'APPEAL', itemRef: 'appeal', decision: 'REJECTED' });
  const now = after([denied]);
  expect([now.appeal.state, now.item.state]).toEqual(['DENIED', 'REJECTED_FINAL']);
  const facts = { items: [now.item], appeals: [now.appeal], ...UNDER_SHIPPED, now: NOW };
  const again = decideReviews([{ ...denied, decision: 'APPROVED', decidedAt: NOW }], facts);
  expect(again).toMatchObject({ outcomes: [{ outcome: 'conflict' }], items: [], appeals: [] });
});

it('an answer about an item that was sent again since leaves the new revision alone', () => {
  const sent: Item = { ...item, revision: 2, state: 'PENDING' };
  const answer = row({ itemType: 'APPEAL', itemRef: 'appeal', decision: 'REJECTED' });
  const facts = { items: [sent], appeals: [appeal], ...UNDER_SHIPPED, now: NOW };
  expect(decideReviews([answer], facts)).toMatchObject({
    outcomes: [{ outcome: 'applied' }],
    items: [],
    appeals: [{ after: { state: 'DENIED' } }],
    news: [{ userId: 'nok', dataDate: '20260507' }],
  });
});

it('an appeal against what was sent before holds up nothing: what was sent since fails and can be put right', () => {
  const again: Item = { ...item, revision: 2, state: 'PENDING', deadlineAt: undefined };
  const rejected = row({ decision: 'REJECTED', submissionRevision: 2, reasonCodes: ['SPOT_NOT_FIXED'] });
  const facts = { items: [again], appeals: [appeal], ...UNDER_SHIPPED, now: NOW };
  const [failed] = decideReviews([rejected], facts).items;
  expect(failed?.after).toMatchObject({ state: 'REJECTED', deadlineAt: expect.any(Number) });
});

describe('after another programme was applied', () => {
  const asked = withChange('programme.yaml', 'hour: 18', 'hour: 9');
  const without = withChange('programme.yaml', / {2}SPOT_NOT_FIXED: .*\n/, '', asked);
  const changed = withChange(
    'programme.yaml',
    'reasons:\n',
    'reasons:\n  SPOT_WET: { scope: spot, remedy: APPEAL, days: 7 }\n',
    without,
  );
  const worded = withChangedWords(/ {2}SPOT_NOT_FIXED:\n.*\n/, '  SPOT_WET: { short: wet }\n', changed);
  const programmes = programmesOf(shippedProgramme(), programmeOf(worded));
  const inUse = programmes.current();
  const first: Item = { ...item, state: 'PENDING', judgement: undefined, deadlineAt: undefined };

  function failed(reasonCode: string, programme: number) {
    const { items, unknownReasons } = decideReviews([row({ decision: 'REJECTED', reasonCodes: [reasonCode] })], {
      items: [{ ...first, programme }],
      appeals: [],
      placeOf: () => ({ market: 'TH', timeZone: 'Asia/Bangkok' }),
      programmeAt: (version) => (version === 1 ? SHIPPED_PROGRAMMES.current() : inUse),
      inUse,
      now: NOW,
    });
    const { judgement, deadlineAt = 0 } = items[0]?.after ?? first;
    const { reasonCodes, programme: readBy, text } = judgement ?? {};
    return { reasonCodes, readBy, text, until: new Date(deadlineAt).toISOString(), unknown: unknownReasons.length };
  }

  it('a result is read, and has its deadline, by the one under which it was submitted', () => {
    const before = {
      reasonCodes: ['SPOT_NOT_FIXED'],
      readBy: undefined,
      until: '2026-05-13T11:00:00.000Z',
      unknown: 0,
    };
    expect(failed('SPOT_NOT_FIXED', 1)).toEqual({ ...before, text: undefined });
    const since = { reasonCodes: ['SPOT_WET'], readBy: undefined, until: '2026-05-17T02:00:00.000Z', unknown: 0 };
    expect(failed('SPOT_WET', 2)).toEqual({ ...since, text: undefined });
  });

  it('a reason that is new is read by the one in use, and one that nobody knows is another one with its own words', () => {
    expect(failed('SPOT_WET', 1)).toMatchObject({ reasonCodes: ['SPOT_WET'], readBy: 2, unknown: 0 });
    expect(failed('SPOT_NOT_FIXED', 2)).toMatchObject({
      reasonCodes: ['OTHER'],
      readBy: undefined,
      text: 'SPOT_NOT_FIXED',
      unknown: 1,
    });
  });
});
