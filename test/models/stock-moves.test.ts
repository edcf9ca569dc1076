import { expect, it } from 'vitest';
import { bindCodes, releaseBinding } from '../../models/bindings.ts';
import { findStock, moveCodes, type StockedCode, stockCodes, stockedBy } from '../../models/code-stock.ts';
import { database } from '../../models/database.ts';
import { recountStanding } from '../../models/recount-standing.ts';
import { standingIn } from '../../models/tallies.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { codeHash } from '../../src/domain/code.ts';
import { type CodeMove, type CodePlace, placeAfter } from '../../src/domain/stock-state.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { useModels } from './store.ts';

const MOVES = howOften({ inEachRun: 400, inFull: 100_000 });
const SEED = Number(process.env.PROPERTY_SEED ?? 27);
const NOW = Date.UTC(2026, 10, 23, 9);
const PEOPLE = ['nok', 'lek', 'dao'] as const;
const SPOTS = ['door', 'counter', 'table', 'window'] as const;
const CODES = Array.from({ length: 120 }, (_, n) => {
  const serial = `MOVED${String(n).padStart(3, '0')}`;
  return { codeId: serial, canonicalUrl: `https://code.example/${serial}`, short: serial.slice(-4) };
});
const CODE_OF = new Map(CODES.map((code) => [codeHash(code), code]));
const HASHES = [...CODE_OF.keys()];

useModels(process.env.REALDB_URI);

const random = seeded(SEED);
const oneOf = <T>(all: readonly T[]): T => {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
};

/** Any move there is, of some codes; what stands at a spot goes there, and comes from there, one by one, as a promotion does it. */
function anyMove(): { readonly move: CodeMove; readonly hashes: readonly string[] } {
  const some = [...new Set(Array.from({ length: 1 + Math.floor(random() * 80) }, () => oneOf(HASHES)))];
  const [from, to] = [oneOf(PEOPLE), oneOf(PEOPLE)];
  switch (oneOf(['allot', 'handOver', 'giveBack', 'lose', 'putUp', 'takeDown', 'receive'] as const)) {
    case 'allot':
      return { move: { kind: 'allot', to }, hashes: some };
    case 'handOver':
      return { move: { kind: 'handOver', from, to }, hashes: some };
    case 'giveBack':
      return { move: { kind: 'giveBack', from: random() < 0.5 ? from : undefined }, hashes: some };
    case 'lose':
      return { move: { kind: 'lose', from: random() < 0.5 ? from : undefined }, hashes: some };
    case 'putUp':
      return { move: { kind: 'putUp', by: from, spotId: oneOf(SPOTS) }, hashes: some.slice(0, 1) };
    case 'takeDown':
      return { move: { kind: 'takeDown', spotId: oneOf(SPOTS) }, hashes: some.slice(0, 1) };
    case 'receive':
      return { move: { kind: 'receive', moved: false }, hashes: some };
  }
}

let ids = 0;
function nextId(): string {
  ids += 1;
  return `n${ids}`;
}
const boundAs = new Map<string, string>();

/** Does it; answers which codes it moved. */
async function doMove(move: CodeMove, codes: readonly StockedCode[], tx: Transaction): Promise<readonly string[]> {
  const movable = codes.filter((code) => placeAfter(code, move) !== undefined);
  if (movable.length === 0) return [];
  if (move.kind === 'receive') {
    const batch = { isoId: 'iso', batchId: nextId(), receivedAt: NOW, product: 'MC' };
    const received = movable.map((before) => {
      const row = { codeHash: before.codeHash, serial: CODE_OF.get(before.codeHash)?.codeId ?? '', ...batch };
      return { before, after: stockedBy(row, before) };
    });
    await stockCodes(received, tx);
  } else if (move.kind === 'putUp') {
    for (const { codeHash: hash } of movable) {
      const [code, bindingId] = [CODE_OF.get(hash), nextId()];
      if (code === undefined) continue;
      const where = { isoId: 'iso', spotId: move.spotId, storeId: 'store', boundBy: move.by, boundAt: NOW };
      await bindCodes([{ bindingId, code, proofPhoto: 'photo', method: 'TYPED', ...where }], tx);
      boundAs.set(hash, bindingId);
    }
  } else if (move.kind === 'takeDown') {
    for (const { codeHash: hash } of movable) await releaseBinding(boundAs.get(hash) ?? '', 'nok', NOW, tx);
  } else await moveCodes(movable, move, { by: 'ploy', at: NOW }, tx);
  return movable.map(({ codeHash: hash }) => hash);
}

function placeOf({ state, holderId, spotId, bookedFrom }: CodePlace): CodePlace {
  return JSON.parse(JSON.stringify({ state, holderId, spotId, bookedFrom }));
}

/** At which spot each stands, by the bindings. */
async function standing(): Promise<ReadonlyMap<string, string>> {
  const rows = await database().collection('bindings').find({ state: 'ACTIVE' }).toArray();
  // what an attempt noted that did not come to its end is forgotten
  for (const row of rows) boundAs.set(String(row.codeHash), String(row._id));
  return new Map(rows.map((row) => [String(row.codeHash), String(row.spotId)]));
}

/** By the rows themselves. */
function standingOf(codes: readonly StockedCode[]): Readonly<Record<string, number>> {
  const names = codes.flatMap(({ state, bookedFrom }) => [
    ...(state === 'AT_SPOT' ? [] : [`MC/STOCK/${state}`]),
    ...(bookedFrom === undefined ? [] : ['/STOCK/bookedOver']),
  ]);
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]));
}

it(
  `each code is in exactly one place, and counted there, after each of ${MOVES} moves in a store, seed ${SEED}: two at once, one in eight killed`,
  async () => {
    const rows = HASHES.map((hash) => ({ codeHash: hash, serial: CODE_OF.get(hash)?.codeId ?? '' }));
    await inTransaction(async (tx) => {
      const batch = { isoId: 'iso', batchId: 'B0', receivedAt: NOW, product: 'MC' };
      await stockCodes(
        rows.map((row) => ({ before: undefined, after: stockedBy({ ...row, ...batch }, undefined) })),
        tx,
      );
    });
    let places = new Map((await findStock(HASHES)).map((code) => [code.codeHash, placeOf(code)]));
    let moves = 0;
    while (moves < MOVES) {
      const both = [anyMove(), anyMove()];
      const done = await Promise.allSettled(
        both.map(({ move, hashes }) => {
          const isKilled = random() < 1 / 8;
          return inTransaction(async (tx) => {
            const moved = await doMove(move, await findStock(hashes, tx), tx);
            if (isKilled) throw new Error('killed');
            return moved;
          });
        }),
      );
      const stored = await findStock(HASHES);
      const now = new Map(stored.map((code) => [code.codeHash, placeOf(code)]));
      const atSpots = await standing();
      for (const [hash, place] of now) {
        const movers = both.flatMap(({ move }, n) => {
          const one = done[n];
          return one?.status === 'fulfilled' && one.value.includes(hash) ? [move] : [];
        });
        moves += movers.length;
        // by the table alone, in either order where both moved it
        const orders = movers.length === 2 ? [movers, movers.toReversed()] : [movers];
        const reckoned = orders.map((order) =>
          order.reduce<CodePlace | undefined>((at, move) => at && (placeAfter(at, move) ?? at), places.get(hash)),
        );
        expect(reckoned.map((one) => one && placeOf(one))).toContainEqual(place);
        expect([hash, atSpots.get(hash)]).toEqual([hash, place.state === 'AT_SPOT' ? place.spotId : undefined]);
        expect(place.holderId !== undefined).toBe(place.state === 'WITH_STAFF');
      }
      places = now;
      expect(await standingIn('iso')).toEqual(standingOf(stored));
    }
    expect(moves).toBeGreaterThanOrEqual(MOVES);
    expect(await recountStanding('iso')).toBe(0);
    const right = await standingIn('iso');
    await database()
      .collection('tallies')
      .updateOne({ period: 'ALL' }, { $inc: { 'counts.MC/STOCK/LOST': 3 } });
    await database().collection('tallies').deleteMany({ period: 'ALL', userId: '' });
    expect(await recountStanding('iso')).toBeGreaterThan(0);
    expect(await standingIn('iso')).toEqual(right);
  },
  howOften({ inEachRun: 600_000, inFull: 2 * 3_600_000 }),
);
