import { LAPSING, type ReviewState } from '../src/domain/review-state.ts';
import { type Item, type ItemJudgement, Items, toItem } from './item-rows.ts';
import { FIRST_VERSION } from './programme-in-use.ts';

/** What failed and can still be put right, as long as its deadline has not passed: nobody notes that it has. */
export const OPEN_FAILURE = { $in: LAPSING };

export const PROMOTED = { $in: ['STORE', 'SPOT', 'POSM'] } as const;

const FAILED: readonly ReviewState[] = ['REJECTED', 'INVALIDATED', 'MODIFYING', 'REJECTED_FINAL', 'LAPSED'];

/** Whose failures: of all in an ISO, or of those that these people have in hand. */
export type WhoseFailures = { readonly isoId: string } | { readonly hands: readonly string[] };

export interface Part {
  readonly skip: number;
  readonly limit: number;
}

/**
 * `dated`: what can be put right until a time that is not over, the most urgent first; `undated`: what can be put right and has no such
 * time; `over`: what was over since then, the latest first; `final`: what failed for good and was sent since then, the latest first.
 */
export type FailureKind = 'dated' | 'undated' | 'over' | 'final';

interface Times {
  readonly now: number;
  readonly since: number;
}

/** How many there are of a kind: an index says it, and none of them is read. */
export async function countFailures(whose: WhoseFailures, kind: FailureKind, times: Times): Promise<number> {
  return await Items.count(failures(whose, kind, times));
}

/** How many of those that can still be put right are suspected. */
export async function countSuspected(whose: WhoseFailures, now: number): Promise<number> {
  const counts = await Promise.all(
    (['dated', 'undated'] as const).map((kind) =>
      Items.count({ ...failures(whose, kind, { now, since: now }), suspected: true }),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Some of a kind, in its order. */
export async function someFailures(
  whose: WhoseFailures,
  kind: FailureKind,
  times: Times,
  part: Part,
): Promise<readonly Item[]> {
  const way = kind === 'dated' || kind === 'undated' ? 1 : -1;
  const sort = { deadlineAt: way, submittedAt: way } as const;
  return (await Items.find(failures(whose, kind, times), { sort, ...part })).map(toItem);
}

function failures(whose: WhoseFailures, kind: FailureKind, { now, since }: Times) {
  const of = { ...inScope(whose), itemType: PROMOTED };
  switch (kind) {
    case 'dated':
      return { ...of, state: OPEN_FAILURE, deadlineAt: { $gt: now } };
    case 'undated':
      return { ...of, state: OPEN_FAILURE, deadlineAt: { $eq: null } };
    case 'over':
      return { ...of, state: { $in: FAILED }, deadlineAt: { $gte: since, $lte: now } };
    case 'final':
      return { ...of, state: 'REJECTED_FINAL', deadlineAt: { $eq: null }, submittedAt: { $gte: since } } as const;
  }
}

function inScope(whose: WhoseFailures) {
  return 'isoId' in whose ? { isoId: whose.isoId } : { ownerId: { $in: whose.hands } };
}

/** How many of these can be put right only until `before`. */
export async function deadlinesBetween(whose: WhoseFailures, now: number, before: number): Promise<number> {
  const deadlineAt = { $gt: now, $lt: before };
  return await Items.count({ ...inScope(whose), state: OPEN_FAILURE, itemType: PROMOTED, deadlineAt });
}

const FAILURE = [
  ...(['itemRef', 'itemType', 'ownerId', 'shop', 'spotType', 'number', 'product', 'deadlineAt'] as const),
  ...(['programme', 'decision', 'reasonCodes', 'judgedUnder'] as const),
] as const;

/** What is listed and searched of a failure; an ISO may have thousands. */
export interface OpenFailure
  extends Pick<
    Item,
    'itemRef' | 'itemType' | 'ownerId' | 'shop' | 'spotType' | 'number' | 'product' | 'deadlineAt' | 'programme'
  > {
  readonly judgement?: Pick<ItemJudgement, 'decision' | 'reasonCodes' | 'programme'> | undefined;
}

/** All that can still be put right, the most urgent first. */
export async function openFailures(whose: WhoseFailures, now: number): Promise<readonly OpenFailure[]> {
  const found = await Promise.all((['dated', 'undated'] as const).map((kind) => someOpen(whose, kind, now)));
  return found.flat();
}

/** Some of what can be put right, in its order, with what is listed and searched of it and nothing else. */
export async function someOpen(
  whose: WhoseFailures,
  kind: 'dated' | 'undated',
  now: number,
  part?: Part,
): Promise<readonly OpenFailure[]> {
  const filter = failures(whose, kind, { now, since: now });
  const found = await Items.find(filter, { only: FAILURE, sort: { deadlineAt: 1, submittedAt: 1 }, ...part });
  return found.map(({ programme = FIRST_VERSION, decision, reasonCodes: codes = [], judgedUnder, ...row }) => {
    const judgement = decision && { decision, reasonCodes: codes, programme: judgedUnder };
    return { ...row, programme, judgement };
  });
}
