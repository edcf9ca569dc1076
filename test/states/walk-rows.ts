import type { Appeal } from '../../models/appeals.ts';
import type { Item } from '../../models/item-rows.ts';
import { decideReviews } from '../../src/daily/incoming/decide-reviews.ts';
import type { ReviewRow } from '../../src/daily/incoming/review-row.ts';
import type { AppealState } from '../../src/domain/appeal-state.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import type { SeenMoves } from './moves-of.ts';

const NOW = Date.UTC(2026, 4, 10);
const HOUR = 3_600_000;
const JUDGED_AT = NOW - 100 * HOUR;

/** How an item and its appeal can stand when rows come. An appeal is open only while its item is under appeal, or under review. */
interface Standing {
  readonly item: Item;
  readonly appeal: Appeal | undefined;
}

const spot: Item = {
  ...submittedSpot('spot', { submittedAt: JUDGED_AT - HOUR }),
  version: 4,
  state: 'PENDING',
  deadlineAt: NOW + HOUR,
  judgement: undefined,
  settlement: undefined,
  settledBy: undefined,
};

function standing(
  state: ReviewState,
  decision: ReviewRow['decision'] | undefined,
  appealed?: AppealState,
  revision = 1,
): Standing {
  const judgement = decision && {
    revision: 1,
    decision,
    reasonCodes: ['SPOT_NOT_FIXED'],
    decidedAt: JUDGED_AT,
    dataDate: '20260505',
    text: undefined,
    language: undefined,
    sourceRowKey: 'first',
  };
  const appeal = appealed && {
    appealId: 'appeal',
    version: 2,
    itemRef: 'spot',
    isoId: 'iso',
    userId: 'nok',
    againstRevision: 1,
    againstReasonCodes: ['SPOT_NOT_FIXED'],
    programme: 1,
    statement: 'It is fixed.',
    typed: undefined,
    evidence: [],
    nextPhoto: 1,
    note: undefined,
    startedAt: JUDGED_AT + 1,
    filedAt: JUDGED_AT + 2,
    decidedAt: undefined,
    answer: undefined,
    answerLanguage: undefined,
    state: appealed,
  };
  return { item: { ...spot, state, judgement, revision }, appeal };
}

const STANDINGS: readonly Standing[] = [
  standing('PENDING', undefined),
  standing('APPROVED', 'APPROVED'),
  standing('REJECTED', 'REJECTED'),
  standing('INVALIDATED', 'INVALIDATED'),
  standing('MODIFYING', 'REJECTED'),
  standing('APPEALING', 'REJECTED', 'DRAFT'),
  standing('APPEALING', 'REJECTED', 'FILED'),
  standing('APPEALING', 'INVALIDATED', 'FILED'),
  standing('PENDING', 'PENDING', 'DRAFT'),
  standing('PENDING', 'PENDING', 'FILED'),
  // its store was promoted again
  standing('PENDING', 'REJECTED', 'FILED', 2),
  standing('REJECTED_FINAL', 'REJECTED', 'DENIED'),
  standing('LAPSED', 'REJECTED', 'EXPIRED'),
];

const SAID = [
  ...(['APPROVED', 'REJECTED', 'PENDING', 'INVALIDATED'] as const).map((decision) => ({
    decision,
    about: 'SPOT' as const,
  })),
  ...(['APPROVED', 'REJECTED', 'PENDING'] as const).map((decision) => ({ decision, about: 'APPEAL' as const })),
];
/** In the order in which they land: which of the three was decided first, second and last. */
const ORDERS = [
  [1, 2, 3],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
] as const;

/** Lands every three rows, whatever they say and whenever that was decided, on every standing; notes what moves. */
export function walkRows(items: SeenMoves, appeals: SeenMoves): void {
  for (const start of STANDINGS) {
    for (const order of ORDERS) {
      for (const first of SAID) {
        for (const second of SAID) {
          for (const third of SAID) {
            const rows = [first, second, third].map(({ decision, about }, index) =>
              row(decision, about, order[index] ?? 0, start.item.revision),
            );
            land(start, rows, items, appeals);
          }
        }
      }
    }
  }
}

/** All in one batch: what each of them makes of the item is a move of its own. */
function land({ item, appeal }: Standing, rows: readonly ReviewRow[], items: SeenMoves, appeals: SeenMoves): void {
  const shipped = SHIPPED_PROGRAMMES.current();
  const facts = {
    items: [item],
    appeals: appeal === undefined ? [] : [appeal],
    placeOf: () => ({ market: 'TH', timeZone: 'UTC' }),
    programmeAt: () => shipped,
    inUse: shipped,
    now: NOW,
  };
  const decided = decideReviews(rows, facts);
  for (const { before, after, steps } of decided.items) {
    if (after.state !== steps.at(-1)) throw new Error('the steps do not lead to what is written');
    for (const [index, to] of steps.entries()) items.saw(steps[index - 1] ?? before.state, to);
  }
  for (const { before, after } of decided.appeals) appeals.saw(before.state, after.state);
}

function row(decision: ReviewRow['decision'], about: 'SPOT' | 'APPEAL', order: number, revision: number): ReviewRow {
  const isItem = about === 'SPOT';
  return {
    sourceRowKey: `${about}@${order}`,
    dataDate: '20260507',
    isoId: 'iso',
    itemType: about,
    decision,
    itemRef: isItem ? 'spot' : 'appeal',
    submissionRevision: isItem ? revision : 1,
    reasonCodes: [],
    decidedAt: JUDGED_AT + order * HOUR,
  };
}
