import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canMove, statesOf } from '../../src/domain/moves.ts';
import { type CodeMove, type CodePlace, placeAfter, STOCK_MOVES } from '../../src/domain/stock-state.ts';
import '../support/one-seed.ts';

const PEOPLE = ['nok', 'lek', 'dao'];
const SPOTS = ['door', 'counter'];

const person = fc.constantFrom(...PEOPLE);
const anybody = fc.option(person, { nil: undefined });
const spotId = fc.constantFrom(...SPOTS);
const move: fc.Arbitrary<CodeMove> = fc.oneof(
  fc.record({ kind: fc.constant('allot' as const), to: person }),
  fc.record({ kind: fc.constant('handOver' as const), from: person, to: person }),
  fc.record({ kind: fc.constant('giveBack' as const), from: anybody }),
  fc.record({ kind: fc.constant('putUp' as const), by: person, spotId }),
  fc.record({ kind: fc.constant('takeDown' as const), spotId }),
  fc.record({ kind: fc.constant('lose' as const), from: anybody }),
  fc.record({ kind: fc.constant('receive' as const), moved: fc.boolean() }),
);

/** Each of these says where something is; more than one of them would be two places. */
function placesOf({ state, holderId, spotId: at }: CodePlace): string[] {
  return [
    ...(state === 'IN_STOCK' ? ['its ISO'] : []),
    ...(holderId === undefined ? [] : [`with ${holderId}`]),
    ...(at === undefined ? [] : [`at ${at}`]),
    ...(state === 'IDLE' || state === 'LOST' ? [state] : []),
  ];
}

it('a code is in exactly one place after each of 100,000 moves, and moves only as the table says (domain A.12-27)', () => {
  const seen = new Set<string>();
  let moves = 0;
  fc.assert(
    fc.property(fc.array(move, { minLength: 1_000, maxLength: 1_000 }), (all) => {
      let place: CodePlace | undefined;
      for (const one of all) {
        moves += 1;
        const after = placeAfter(place, one);
        if (after === undefined) continue;
        const from = place?.state ?? 'NEW';
        const isKnown = from === after.state || canMove(STOCK_MOVES, from, after.state);
        const isBooked = after.bookedFrom !== undefined;
        const isColleagues =
          one.kind !== 'putUp' || (place?.holderId === after.bookedFrom && after.bookedFrom !== one.by);
        if (placesOf(after).length !== 1 || !isKnown || (isBooked && (after.state !== 'AT_SPOT' || !isColleagues)))
          throw new Error(JSON.stringify({ place, one, after }));
        if (from !== after.state) seen.add(`${from} > ${after.state}`);
        place = after;
      }
    }),
    { numRuns: 100 },
  );
  expect(moves).toBe(100_000);
  const table = (['NEW', ...statesOf(STOCK_MOVES)] as const).flatMap((from) =>
    Object.keys(STOCK_MOVES[from]).map((to) => `${from} > ${to}`),
  );
  expect([...seen].sort()).toEqual(table.sort());
});

it('nobody gives away, gives back or loses what a colleague has', () => {
  const place = { state: 'WITH_STAFF', holderId: 'lek' } as const;
  expect(placeAfter(place, { kind: 'handOver', from: 'nok', to: 'dao' })).toBeUndefined();
  expect(placeAfter(place, { kind: 'giveBack', from: 'nok' })).toBeUndefined();
  expect(placeAfter(place, { kind: 'lose', from: 'nok' })).toBeUndefined();
  expect(placeAfter(place, { kind: 'allot', to: 'nok' })).toBeUndefined();
});
