import { type CodeMove, type CodePlace, placeAfter, STOCK_MOVES, type StockState } from '../src/domain/stock-state.ts';
import { BOOKED_OVER, stockKey } from '../src/domain/work-counts.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { countStanding } from './count-work.ts';
import { orRefuse } from './duplicate-key.ts';
import { number, text } from './fields.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

export const CodeStock = collection('codestock', {
  /** SHA-256 of its canonical address (domain A.12-1). */
  id: 'codeHash',
  fields: {
    /** Absent, as the batch, of a code that stands at a spot and that no stock file brought. */
    isoId: text().optional(),
    batchId: text().optional(),
    /** Milliseconds. */
    receivedAt: number().optional(),
    /** Absent, as the serial, where only a release before 0.2.0 read the file. */
    product: text().optional(),
    serial: text().optional(),
    state: text<StockState>(),
    holderId: text().optional(),
    spotId: text().optional(),
    /** To whom it was allotted when a colleague put it up. */
    bookedFrom: text().optional(),
    /** Who moved it last, and when; absent where it never was. */
    movedBy: text().optional(),
    movedAt: number().optional(),
  },
  indexes: [
    [{ isoId: 1, state: 1, product: 1, batchId: 1, serial: 1 }],
    [{ isoId: 1, state: 1, product: 1, movedAt: 1 }],
    [{ isoId: 1, product: 1, serial: 1 }],
    [{ holderId: 1, isoId: 1, product: 1, serial: 1 }, { partialFilterExpression: { holderId: { $exists: true } } }],
    [{ isoId: 1, movedAt: -1, codeHash: 1 }, { partialFilterExpression: { bookedFrom: { $exists: true } } }],
  ],
});

/** A code, by its hash: which ISO received it, and where it is. Whose it is, the batch that was received last says. */
export interface StockedCode extends RecordOf<typeof CodeStock> {}

/** A code as a stock file brings it. */
export interface ReceivedCode {
  readonly codeHash: string;
  readonly isoId: string;
  readonly batchId: string;
  readonly receivedAt: number;
  readonly product: string;
  readonly serial: string;
}

/** Who moves codes, and when. */
export interface Moving {
  readonly by: string;
  /** Milliseconds. */
  readonly at: number;
}

export async function findStock(codeHashes: readonly string[], tx?: Reads): Promise<readonly StockedCode[]> {
  return await CodeStock.find({ codeHash: { $in: codeHashes } }, { tx });
}

/** What a code is once this file brought it. */
export function stockedBy(row: ReceivedCode, before: StockedCode | undefined): StockedCode {
  const moved = before?.isoId !== undefined && before.isoId !== row.isoId;
  const place = placeAfter(before, { kind: 'receive', moved }) ?? { state: 'IN_STOCK' };
  const { movedBy, movedAt } = before ?? {};
  return { ...row, ...place, movedBy, movedAt };
}

/** Codes that came in, or that another ISO has now, with what each was before. Each once. */
export async function stockCodes(
  codes: readonly { readonly before: StockedCode | undefined; readonly after: StockedCode }[],
  tx: Transaction,
): Promise<void> {
  if (codes.length === 0) return;
  const updates = codes.map(({ before, after }) => {
    const { codeHash, holderId: _holder, spotId: _spot, bookedFrom: _from, ...set } = after;
    // what was put up meanwhile is there, and nothing is made twice of it
    const filter = { codeHash, ...(before === undefined ? NOT_THERE : asItWas(before)) };
    return { filter, change: { set: { ...set, ...placed(after) } }, upsert: before === undefined };
  });
  const writing = CodeStock.updateEach(updates, { tx });
  const { matchedCount = 0, upsertedCount = 0 } = await orRefuse(writing, 'subject.lostRace');
  mustHaveMatched(matchedCount + upsertedCount === updates.length ? true : undefined);
  countMoved(codes, A_FILE, tx);
}

/** Of what a file brings nobody is the mover. */
const A_FILE = '';

type Counted = Pick<StockedCode, 'isoId' | 'product' | 'state' | 'bookedFrom'>;

/** The numbers of the ISOs follow, a change for each. */
function countMoved(
  codes: readonly { readonly before: Counted | undefined; readonly after: Counted | undefined }[],
  userId: string,
  tx: Transaction,
): void {
  const changes = new Map<string, Record<string, number>>();
  const add = (code: Counted | undefined, much: 1 | -1): void => {
    if (code?.isoId === undefined) return;
    const by = changes.get(code.isoId) ?? {};
    changes.set(code.isoId, by);
    for (const key of keysOfCode(code)) by[key] = (by[key] ?? 0) + much;
  };
  for (const { before, after } of codes) {
    add(before, -1);
    add(after, 1);
  }
  for (const [isoId, by] of changes) countStanding({ isoId, userId, by }, tx);
}

/** What stands at a spot is asked for by nobody, and so its place is not counted. */
function keysOfCode({ product, state, bookedFrom }: Counted): readonly string[] {
  return [
    ...(product === undefined || state === 'AT_SPOT' ? [] : [stockKey(product, state)]),
    ...(bookedFrom === undefined ? [] : [BOOKED_OVER]),
  ];
}

/**
 * Moves codes as they were read, all of them in one way, by the table of places; answers those that it can move so. What somebody else
 * moved meanwhile is a conflict that is tried again.
 */
export async function moveCodes(
  codes: readonly StockedCode[],
  move: CodeMove,
  { by, at }: Moving,
  tx: Transaction,
): Promise<readonly StockedCode[]> {
  return await moveEach(
    codes.map((code) => ({ code, move })),
    { by, at },
    tx,
  );
}

async function moveEach(
  moves: readonly { readonly code: StockedCode; readonly move: CodeMove }[],
  { by, at }: Moving,
  tx: Transaction,
): Promise<readonly StockedCode[]> {
  const moved = moves.flatMap(({ code, move }) => {
    const place = placeAfter(code, move);
    return place === undefined ? [] : [{ code, place }];
  });
  if (moved.length === 0) return [];
  const updates = moved.map(({ code, place }) => {
    checkMove(STOCK_MOVES, { what: 'code', id: code.codeHash, from: code.state, to: place.state });
    return {
      filter: { codeHash: code.codeHash, ...asItWas(code) },
      change: { set: { ...placed(place), movedBy: by, movedAt: at } },
    };
  });
  await CodeStock.updateWithOthers(updates, tx, { mustMeet: true });
  const after = moved.map(({ code, place }) => ({ ...code, ...WITHOUT_PLACE, ...place, movedBy: by, movedAt: at }));
  countMoved(
    moved.map(({ code }, index) => ({ before: code, after: after[index] })),
    by,
    tx,
  );
  return after;
}

const WITHOUT_PLACE = { holderId: undefined, spotId: undefined, bookedFrom: undefined };

const NOT_THERE = { state: { $exists: false } } as const;

function placed({ state, holderId, spotId, bookedFrom }: CodePlace) {
  return { state, holderId: holderId ?? null, spotId: spotId ?? null, bookedFrom: bookedFrom ?? null } as const;
}

/** What a row must still say, which is what its numbers go by: a compare-and-set (domain A.12-9). */
function asItWas({ state, holderId, isoId, product, spotId, bookedFrom }: StockedCode) {
  const absent = { $exists: false } as const;
  const place = { state, holderId: holderId ?? absent, spotId: spotId ?? absent, bookedFrom: bookedFrom ?? absent };
  return { ...place, isoId: isoId ?? absent, product: product ?? absent };
}

/** Codes were put up: each is at its spot and nowhere else, also where no stock file brought it. */
export async function putCodesUp(
  codes: readonly { readonly codeHash: string; readonly spotId: string }[],
  moving: Moving,
  tx: Transaction,
): Promise<void> {
  const { by, at } = moving;
  const found = await findStock(
    codes.map(({ codeHash }) => codeHash),
    tx,
  );
  const stocked = new Map(found.map((code) => [code.codeHash, code]));
  const moves = codes.flatMap(({ codeHash, spotId }) => {
    const code = stocked.get(codeHash);
    return code === undefined ? [] : [{ code, move: { kind: 'putUp', by, spotId } as const }];
  });
  await moveEach(moves, moving, tx);
  const others = codes.filter(({ codeHash }) => !stocked.has(codeHash));
  await CodeStock.addWithOthers(
    others.map(({ codeHash, spotId }) => ({ codeHash, spotId, state: 'AT_SPOT' as const, movedBy: by, movedAt: at })),
    tx,
  );
}

/** A code was taken from its spot. One that no stock file brought is nowhere then. */
export async function takeCodeDown(
  { codeHash, spotId }: { readonly codeHash: string; readonly spotId: string },
  moving: Moving,
  tx: Transaction,
): Promise<void> {
  const code = await CodeStock.get(codeHash, { tx });
  if (code === undefined) return;
  if (code.batchId === undefined) {
    const removed = await CodeStock.removeAll({ codeHash, spotId }, { tx });
    if (removed > 0) countMoved([{ before: code, after: undefined }], moving.by, tx);
  } else await moveCodes([code], { kind: 'takeDown', spotId }, moving, tx);
}

/** Those of these codes that were given to another ISO, or to none: of none of them that is known as long as no stock is loaded for it (domain A.12-3). */
export async function codesNotOf(
  isoId: string,
  codeHashes: readonly string[],
  tx: Transaction,
): Promise<ReadonlySet<string>> {
  const [rows, anyIsIts] = await readAll(
    () => findStock(codeHashes, tx),
    () => hasStock(isoId, tx),
  );
  const its = new Set(rows.flatMap((row) => (row.isoId === isoId ? [row.codeHash] : [])));
  const others = codeHashes.filter((hash) => !its.has(hash));
  return new Set(anyIsIts ? others : []);
}

/** Whether any code was ever received by an ISO. */
export async function hasStock(isoId: string, tx?: Reads): Promise<boolean> {
  return (await CodeStock.findOne({ isoId }, { only: ['codeHash'], tx })) !== undefined;
}
