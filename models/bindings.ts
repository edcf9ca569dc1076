import { BINDING_MOVES, type BindingState } from '../src/domain/binding-state.ts';
import { type Code, type CodePattern, codeHash, codeWithHash } from '../src/domain/code.ts';
import { type FirstOf, statesBefore } from '../src/domain/moves.ts';
import { feeKey } from '../src/domain/work-counts.ts';
import type { CodeMethod } from '../src/flow/draft.ts';
import { putCodesUp, takeCodeDown } from './code-stock.ts';
import { collection, type RecordOf } from './collection.ts';
import { countCode } from './count-work.ts';
import { orRefuse } from './duplicate-key.ts';
import { number, sealedValue, text } from './fields.ts';
import { type Item, Items, toItem } from './item-rows.ts';
import { People } from './people.ts';
import { nameErased } from './personal-rows.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import { Spots } from './spots.ts';
import { Stores } from './stores.ts';
import { changeTallies } from './tallies.ts';
import { TallySums } from './tally-sums.ts';
import { type Gathering, gathered, mustHaveMatched, type Transaction } from './transaction.ts';

/** For `models` alone. */
export const Bindings = collection('bindings', {
  id: 'bindingId',
  fields: {
    /** `codeHash`: SHA-256 of what the code says in full. */
    codeHash: text(),
    codeId: text(),
    /** The code itself; absent where a release before 0.3 bound it. */
    code: sealedValue<Code>().optional(),
    isoId: text(),
    spotId: text(),
    storeId: text(),
    boundBy: text(),
    boundAt: number(),
    method: text<CodeMethod>(),
    proofPhoto: text(),
    /** What is in doubt of its code: no pattern knew it, none will, or it turned out to be one that stands elsewhere. */
    doubt: text<'unknown' | 'refused' | 'clash'>().optional(),
    /** Of which kind it is, while it is in doubt. */
    shapeId: text().optional(),
    /** The version of the programme that was asked last whether it knows it. */
    judgedBy: number().optional(),
    state: text<BindingState>(),
    releasedAt: number().optional(),
    releasedBy: text().optional(),
    /** The last day on which anybody scanned it, `YYYYMMDD`, as `scans_*.csv` tell. */
    scannedOn: text().optional(),
  },
  indexes: [
    [{ shapeId: 1 }, { partialFilterExpression: { shapeId: { $exists: true } } }],
    [{ codeHash: 1 }, { unique: true, partialFilterExpression: { state: 'ACTIVE' } }],
    [{ spotId: 1 }],
    [{ boundBy: 1, isoId: 1, scannedOn: 1, boundAt: 1 }, { partialFilterExpression: { state: 'ACTIVE' } }],
    [{ isoId: 1, scannedOn: -1 }, { partialFilterExpression: { scannedOn: { $exists: true } } }],
    [{ isoId: 1, boundAt: -1, bindingId: 1 }, { partialFilterExpression: { shapeId: { $exists: true } } }],
    [{ judgedBy: 1, boundAt: 1 }, { partialFilterExpression: { shapeId: { $exists: true } } }],
  ],
});

/** Which Marketing Code stands at which spot. One code is ACTIVE on at most one spot (domain A.12-1). */
export interface Binding extends RecordOf<typeof Bindings> {}

/** The code that is bound, where a pattern is needed to tell: by these. Undefined where none of them makes it. */
export function boundCode(binding: Binding, patterns: readonly CodePattern[]): Code | undefined {
  return binding.code ?? codeWithHash(binding.codeId, binding.codeHash, patterns);
}

/** What a person compares with the sticker. */
export function shortOf({ code, codeId }: Pick<Binding, 'code' | 'codeId'>): string {
  return code?.short ?? codeId.slice(-4);
}

export type NewBinding = Omit<Binding, 'state' | 'codeHash' | 'codeId'> & { readonly code: Code };

/** Binds codes to spots, all at one moment by one person; a conflict that is tried again when another spot won the race for one of them. */
export async function bindCodes(bindings: readonly NewBinding[], tx: Transaction): Promise<void> {
  const [first] = bindings;
  if (first === undefined) return;
  const state: FirstOf<typeof BINDING_MOVES> = 'ACTIVE';
  const rows = bindings.map((one) => ({ ...one, codeHash: codeHash(one.code), codeId: one.code.codeId, state }));
  await Bindings.addWithOthers(rows, tx, 'subject.lostRace');
  for (const { isoId, boundBy: userId, boundAt: at, spotId } of rows) {
    countCode({ isoId, userId, at, by: 1 }, tx);
    codesMoved(spotId, { by: 1, who: userId }, tx);
  }
  // what nobody knows is in no stock
  const known = rows.filter(({ code }) => code.unknown !== true);
  await putCodesUp(known, { by: first.boundBy, at: first.boundAt }, tx);
}

/** Where a code stands now, whichever ISO it belongs to, also where what it said was erased. */
export async function activeBinding(code: Pick<Code, 'canonicalUrl'>, tx?: Reads): Promise<Binding | undefined> {
  return (await activeBindings([code], tx)).get(codeHash(code));
}

/** The same of several, by their hashes; of those alone that stand anywhere. */
export async function activeBindings(
  codes: readonly Pick<Code, 'canonicalUrl'>[],
  tx?: Reads,
): Promise<ReadonlyMap<string, Binding>> {
  const filter = { codeHash: { $in: codes.flatMap(namesOf) }, state: 'ACTIVE' } as const;
  return byHash(codes, await Bindings.find(filter, { tx }));
}

/**
 * `activeBindings` where it will be said at which spot of which shop, and who put it up: in a transaction these are found by their ids without asking
 * again.
 */
export async function activeBindingsAndPlaces(
  codes: readonly Pick<Code, 'canonicalUrl'>[],
  tx: Transaction,
): Promise<ReadonlyMap<string, Binding>> {
  const filter = { codeHash: { $in: codes.flatMap(namesOf) }, state: 'ACTIVE' } as const;
  const [found] = await readAll(
    () => Bindings.findWith(filter, { of: Spots, by: 'spotId', at: 'spotId' }, { tx }),
    () => Bindings.findWith(filter, { of: Stores, by: 'storeId', at: 'storeId' }, { tx }),
    () => Bindings.findWith(filter, { of: People, by: 'boundBy', at: 'userId' }, { tx }),
  );
  return byHash(
    codes,
    found.map(({ record }) => record),
  );
}

function byHash(codes: readonly Pick<Code, 'canonicalUrl'>[], found: readonly Binding[]): ReadonlyMap<string, Binding> {
  return new Map(
    codes.flatMap((code) => {
      const binding = found.find((one) => namesOf(code).includes(one.codeHash));
      return binding === undefined ? [] : [[codeHash(code), binding] as const];
    }),
  );
}

/** The spot at which a code stands, as it is reviewed, read with where that is by one command. */
export async function itemAtCode(code: Pick<Code, 'canonicalUrl'>): Promise<Item | undefined> {
  const filter = { codeHash: { $in: namesOf(code) }, state: 'ACTIVE' } as const;
  const spot = { of: Items, by: 'spotId', at: 'itemRef' } as const;
  const [found] = await Bindings.findWith(filter, spot, { only: ['spotId'] });
  const [item] = found?.joined ?? [];
  return item && toItem(item);
}

/** By its own hash, and by that of what is left of it where what it said was erased. */
function namesOf(code: Pick<Code, 'canonicalUrl'>): readonly string[] {
  return [codeHash(code), codeHash({ canonicalUrl: nameErased(code.canonicalUrl) })];
}

/** What a code said is gone: it stands under a name that says nothing, of no kind, and no version is asked about it any more. */
export async function eraseContent(bindingId: string, was: string, code: Code): Promise<void> {
  const named = { code, codeHash: codeHash(code), codeId: code.codeId };
  await Bindings.update({ bindingId, codeHash: was }, { set: { ...named, shapeId: null, judgedBy: null } });
}

/** Those of these kinds of which no code stands anywhere, nor ever stood. */
export async function shapesWithoutCodes(shapeIds: readonly string[]): Promise<readonly string[]> {
  const left = new Set(await Bindings.distinct('shapeId', { shapeId: { $in: shapeIds } }));
  return shapeIds.filter((shapeId) => !left.has(shapeId));
}

/** Frees a code from its spot, so that it can be bound to another one. */
export async function releaseBinding(bindingId: string, by: string, at: number, tx: Transaction): Promise<void> {
  const released = { state: 'RELEASED', releasedAt: at, releasedBy: by } as const;
  const state = { $in: statesBefore(BINDING_MOVES, 'RELEASED') };
  const was = await Bindings.change({ bindingId, state }, { set: released }, { tx });
  if (was === undefined) return;
  countCode({ isoId: was.isoId, userId: was.boundBy, at: was.boundAt, by: -1 }, tx);
  codesMoved(was.spotId, { by: -1, who: by }, tx);
  await takeCodeDown(was, { by, at }, tx);
}

/** How many codes a spot got and lost in a transaction, and who moved the last one. */
interface Moved {
  readonly by: number;
  readonly who: string;
}

const MOVED: Gathering<Map<string, Moved>> = { begin: () => new Map(), write: noFeeWithoutCode };

function codesMoved(spotId: string, { by, who }: Moved, tx: Transaction): void {
  const moved = gathered(tx, MOVED);
  moved.set(spotId, { by: (moved.get(spotId)?.by ?? 0) + by, who });
}

/** No fee waits for a spot that is left without a code. One that gets another is sent anew with it, and waits for its review. */
async function noFeeWithoutCode(moved: ReadonlyMap<string, Moved>, tx: Transaction): Promise<void> {
  const poorer = [...moved].flatMap(([spotId, { by }]) => (by < 0 ? [spotId] : []));
  if (poorer.length === 0) return;
  const left = await spotsWithCodes(poorer, tx);
  const bare = poorer.filter((itemRef) => !left.has(itemRef));
  const waited = await Items.find({ itemRef: { $in: bare } }, { only: ['itemRef', 'isoId', 'feeWaits'], tx });
  const fewer = new TallySums();
  for (const { itemRef, isoId, feeWaits } of waited)
    if (feeWaits) fewer.add(isoId, moved.get(itemRef)?.who ?? '', '', feeKey('SPOT'), -1);
  const updates = poorer.map((itemRef) => {
    const set = left.has(itemRef) ? {} : { feeWaits: null };
    return { filter: { itemRef }, change: { set, inc: { codesLost: 1 } } };
  });
  await Items.updateEach(updates, { tx });
  // by itself: what else is counted of the transaction was written before
  await changeTallies(fewer, tx);
}

/** Those of these spots at which a code stands. */
export async function spotsWithCodes(spotIds: readonly string[], tx?: Reads): Promise<ReadonlySet<string>> {
  const rows = await Bindings.find({ spotId: { $in: spotIds }, state: 'ACTIVE' }, { only: ['spotId'], tx });
  return new Set(rows.map(({ spotId }) => spotId));
}

/** The codes bound to these spots, whatever became of them since, in the order in which they were bound. */
export async function bindingsOfSpots(spotIds: readonly string[], tx?: Reads): Promise<readonly Binding[]> {
  const found = await Bindings.find({ spotId: { $in: spotIds } }, { tx });
  return found.toSorted((one, other) => one.boundAt - other.boundAt || (one.bindingId < other.bindingId ? -1 : 1));
}

/** At which spots these stand, or stood, by `bindingId`; what is none is left out. */
export async function spotsOfBindings(bindingIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await Bindings.find({ bindingId: { $in: bindingIds } }, { only: ['bindingId', 'spotId'] });
  return new Map(rows.map(({ bindingId, spotId }) => [bindingId, spotId]));
}

/** A binding that is in doubt, and what it says in full. */
export interface DoubtfulBinding extends Binding {
  readonly code: Code;
}

/** The codes of a kind that stand somewhere and are in doubt. */
export async function bindingsOfShape(shapeId: string, tx?: Reads): Promise<readonly DoubtfulBinding[]> {
  return (await Bindings.find({ shapeId, state: 'ACTIVE' }, { tx })).filter(isDoubtful);
}

/** The codes that somebody bound for an ISO in a time, milliseconds, the end not included, and that stand there still. */
export async function bindingsBoundBetween(
  { isoId, userId }: { readonly isoId: string; readonly userId: string },
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Pick<Binding, 'boundAt'>[]> {
  const filter = { boundBy: userId, isoId, state: 'ACTIVE', boundAt: { $gte: from, $lt: to } } as const;
  return await Bindings.find(filter, { only: ['bindingId', 'boundAt'] });
}

/** More than this nobody looks through: what they have in common is decided by kind. */
const MOST_LISTED = 120;

/** The codes of an ISO that stand somewhere and are in doubt, the latest first, at most 120: a programme may know none of its codes yet. */
export async function doubtfulOfIso(isoId: string): Promise<readonly Pick<Binding, DoubtfulFacts>[]> {
  const filter = { isoId, shapeId: { $exists: true }, state: 'ACTIVE' } as const;
  const only = ['bindingId', 'spotId', 'boundBy', 'boundAt', 'doubt'] as const;
  return await Bindings.find(filter, { sort: { boundAt: -1, bindingId: 1 }, limit: MOST_LISTED, only });
}
type DoubtfulFacts = 'bindingId' | 'spotId' | 'boundBy' | 'boundAt' | 'doubt';

/** Codes that a version was not asked about yet, asked the longest ago first: those that nobody knows, and those that an earlier one refused. */
export async function bindingsToJudge(version: number, limit: number): Promise<readonly DoubtfulBinding[]> {
  const filter = { shapeId: { $exists: true }, state: 'ACTIVE', judgedBy: { $lt: version } } as const;
  return (await Bindings.find(filter, { sort: { judgedBy: 1, boundAt: 1 }, limit })).filter(isDoubtful);
}

/** What became of a code that was in doubt. A conflict where somebody else has judged it meanwhile, or its code stands elsewhere by now. */
export async function judgeBinding(
  { bindingId, judgedBy }: Binding,
  said: { readonly judgedBy: number; readonly doubt?: Binding['doubt']; readonly known?: Code | undefined },
  tx: Transaction,
): Promise<void> {
  const { known, doubt } = said;
  const code = known && { code: known, codeHash: codeHash(known), codeId: known.codeId };
  const set = known === undefined ? { doubt } : { ...code, doubt: null, shapeId: null };
  const filter = { bindingId, state: 'ACTIVE', judgedBy: judgedBy ?? 0 } as const;
  const change = Bindings.change(filter, { set: { ...set, judgedBy: said.judgedBy } }, { tx });
  const {
    codeHash: hash,
    spotId,
    boundBy: by,
    boundAt: at,
  } = mustHaveMatched(await orRefuse(change, 'subject.lostRace'));
  if (known !== undefined) await putCodesUp([{ codeHash: hash, spotId }], { by, at }, tx);
}

function isDoubtful(binding: Binding): binding is DoubtfulBinding {
  return binding.code !== undefined;
}

/** How many kinds of codes stand somewhere and wait for an operator. */
export async function countUnknownKinds(): Promise<number> {
  const filter = { shapeId: { $exists: true }, state: 'ACTIVE', doubt: 'unknown' } as const;
  return (await Bindings.distinct('shapeId', filter)).length;
}
