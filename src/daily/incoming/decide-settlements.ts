import { type FeeLine, feeLineId } from '../../../models/fee-lines.ts';
import type { CountedMove } from '../../../models/fee-months.ts';
import type { Item } from '../../../models/item-rows.ts';
import { feeMoves, isSameMoney, monthOfLine, standsInItsMonth } from '../../domain/fee-lines.ts';
import type { Programme } from '../../programme/programme.ts';
import type { Batch, Outcome } from './kind.ts';
import type { SettlementRow } from './settlement-row.ts';

type Eligible = Programme['fees'][number]['eligible'];

/** For what a fee of each kind is given. */
const GIVEN_FOR: Readonly<Record<Eligible, readonly Item['itemType'][]>> = {
  approved: ['SPOT', 'POSM'],
  newUser: ['SPOT'],
  inspected: ['INSPECTION'],
};

export interface SettlementFacts {
  readonly items: readonly Item[];
  /** All lines about these items. */
  readonly lines: readonly FeeLine[];
  /** For what the programme of an item gives a fee; undefined where it gives none of that name. */
  readonly eligible: (item: Item, fee: string) => Eligible | undefined;
  /** The last month of an ISO that is closed, `202605`. */
  readonly closedThrough: (isoId: string) => string | undefined;
  readonly batch: Pick<Batch, 'cause' | 'now' | 'lines'>;
}

/** What becomes of an item that has a new line; `line`: the one that stands of the fee for its approval, where that may be another one. */
export interface SettledItem {
  readonly before: Item;
  readonly after: Item;
  readonly line?: FeeLine | undefined;
}

export interface DecidedSettlements {
  readonly outcomes: readonly Outcome[];
  readonly items: readonly SettledItem[];
  readonly added: readonly FeeLine[];
  /** Lines that were there and change something else in their month now. */
  readonly changed: readonly FeeLine[];
  readonly moves: readonly CountedMove[];
  /** Where the row of each new line begins in the file, by the line's id. */
  readonly rows: ReadonlyMap<string, number>;
}

/** The lines of one fee of one item, as they were and as they become. */
interface Chain {
  readonly fee: string;
  readonly item: Item;
  readonly before: readonly FeeLine[];
  readonly after: FeeLine[];
  readonly isItsOwn: boolean;
}

/** What rows do: of an item and a fee the row of the latest day stands, and of one day the one with the last key, whatever their order. */
export function decideSettlements(rows: readonly SettlementRow[], facts: SettlementFacts): DecidedSettlements {
  const items = new Map(facts.items.map((item) => [item.itemRef, item]));
  const lines = new Map<string, FeeLine[]>();
  for (const line of facts.lines) lines.set(line.itemRef, [...(lines.get(line.itemRef) ?? []), line]);
  const chains = new Map<string, Chain>();
  const begins = new Map<string, number>();
  const outcomes = rows.map((row, index): Outcome => {
    const item = items.get(row.itemRef);
    // another ISO's item is not there for this one
    if (item?.isoId !== row.isoId) return { outcome: 'unmatched', reason: 'unknownItem' };
    const by = facts.eligible(item, row.fee);
    if (by === undefined) return { outcome: 'malformed', reason: 'fee is none of the programme' };
    if (!GIVEN_FOR[by].includes(item.itemType)) return { outcome: 'unmatched', reason: 'otherItemType' };
    const name = `${row.itemRef}/${row.fee}`;
    const chain = chains.get(name) ?? begun(row.fee, item, lines.get(row.itemRef) ?? [], by !== 'newUser', facts);
    chains.set(name, chain);
    const known = chain.after.length;
    const outcome = settle(row, chain, facts);
    const [line, at] = [chain.after[known], facts.batch.lines?.[index]];
    if (line !== undefined && at !== undefined) begins.set(line.lineId, at);
    return outcome;
  });
  const grown = [...chains.values()].filter(({ before, after }) => after.length > before.length).map(movedOn);
  return {
    outcomes,
    items: settledItems(grown),
    added: grown.flatMap(({ added }) => added),
    changed: grown.flatMap(({ changed }) => changed),
    moves: grown.flatMap(({ moves }) => moves),
    rows: begins,
  };
}

/** What a release before this one settled stands on the item alone: it becomes a line, without an amount. */
function begun(fee: string, item: Item, ofItem: readonly FeeLine[], isItsOwn: boolean, facts: SettlementFacts): Chain {
  const { settlement: state, settledBy } = item;
  const before = ofItem.filter((line) => line.fee === fee);
  const chain = { fee, item, before, after: [...before], isItsOwn };
  if (!isItsOwn || state === undefined || settledBy === undefined) return chain;
  if (ofItem.some((line) => line.settledBy === settledBy)) return chain;
  chain.after.push(lineOf({ fee, item, state, settledBy, money: undefined, file: undefined }, facts));
  return chain;
}

function settle(row: SettlementRow, { item, after }: Chain, facts: SettlementFacts): Outcome {
  const { fee, state, money } = row;
  const settledBy = `${row.dataDate}/${row.sourceRowKey}`;
  const known = after.find((line) => line.settledBy === settledBy);
  if (known === undefined) {
    const line = lineOf({ fee, item, state, settledBy, money, file: facts.batch.cause }, facts);
    after.push(line);
    return standsInItsMonth(line, after)
      ? { outcome: 'applied' }
      : { outcome: 'superseded', reason: 'olderSettlement' };
  }
  const says = known.state === state && (known.file === undefined || isSameMoney(known.money, money));
  if (!says) return { outcome: 'conflict', reason: 'twoSettlementsAtOnce' };
  const isLatest = !after.some((line) => line.settledBy > settledBy);
  return isLatest
    ? { outcome: 'unchanged', reason: 'knownAlready' }
    : { outcome: 'superseded', reason: 'olderSettlement' };
}

type Said = Pick<FeeLine, 'fee' | 'state' | 'settledBy' | 'money' | 'file'> & { readonly item: Item };

function lineOf({ item, ...said }: Said, { closedThrough, batch }: SettlementFacts): FeeLine {
  const { itemRef, isoId, staffId, ownerId } = item;
  return {
    ...said,
    lineId: feeLineId({ itemRef, ...said }),
    isoId,
    itemRef,
    staffId,
    ownerId: ownerId === staffId ? undefined : ownerId,
    landedAt: batch.now,
    month: monthOfLine(said.settledBy.slice(0, 8), closedThrough(isoId)),
  };
}

interface MovedOn extends Pick<DecidedSettlements, 'added' | 'changed' | 'moves'> {
  readonly chain: Chain;
}

/** Each line with what it changes in its month, and by how much the numbers of the months become others. */
function movedOn(chain: Chain): MovedOn {
  const { fee, before, after } = chain;
  const moves = feeMoves(after);
  const moved = after.map((line): FeeLine => {
    const { step, takes, gives } = moves.get(line.settledBy) ?? {};
    return { ...line, step, takes, gives };
  });
  const { isoId } = chain.item;
  const counted = (by: 1 | -1) => (lines: readonly FeeLine[]) =>
    [...feeMoves(lines).values()].map((move): CountedMove => ({ isoId, fee, move, by }));
  const changed = moved.slice(0, before.length).filter((line, index) => !isSameStep(line, before[index]));
  return { chain, added: moved.slice(before.length), changed, moves: [...counted(-1)(before), ...counted(1)(after)] };
}

function isSameStep(one: FeeLine, other: FeeLine | undefined): boolean {
  return one.step === other?.step && isSameMoney(one.takes, other?.takes) && isSameMoney(one.gives, other?.gives);
}

/** Every item once, with what stands of its fee for what is approved. */
function settledItems(grown: readonly MovedOn[]): readonly SettledItem[] {
  const items = new Map<string, SettledItem>();
  for (const { chain } of grown) {
    const { item: before, isItsOwn, after: lines } = chain;
    const { after = before, line: known } = items.get(before.itemRef) ?? {};
    const latest = lines.reduce((one, other) => (other.settledBy > one.settledBy ? other : one));
    // under another version of the programme another fee may have been the one
    const line = isItsOwn && latest.settledBy >= (after.settledBy ?? '') ? latest : known;
    const settled = line === undefined ? {} : { settlement: line.state, settledBy: line.settledBy };
    items.set(before.itemRef, { before, after: { ...after, ...settled }, line });
  }
  return [...items.values()];
}
