import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../models/item-rows.ts';
import { useModels } from '../models/store.ts';
import { addIsoIn, approves, csv, itemOf, LandingHarness, type ReviewCells, submitSpots } from './landing-harness.ts';

const SPOTS = ['a', 'b', 'c'];
const FILES = 3;

/** What a reviewer says of a spot, of whichever revision; no two things at one time. */
const said = fc.uniqueArray(
  fc.record({
    spot: fc.constantFrom(...SPOTS),
    revision: fc.constantFrom(1, 2),
    minute: fc.integer({ min: 0, max: 59 }),
    decision: fc.constantFrom('APPROVED', 'REJECTED', 'PENDING', 'INVALIDATED'),
    reasonCodes: fc.constantFrom('', 'SPOT_NOT_FIXED', 'CODE_VOID|MOON_IN_PICTURE'),
    remedy: fc.constantFrom('', 'APPEAL', 'NONE'),
    deadlineAt: fc.constantFrom('', '2026-05-20T10:00:00Z'),
  }),
  { minLength: 1, maxLength: 9, selector: ({ spot, minute }) => `${spot}${minute}` },
);
type Said = typeof said extends fc.Arbitrary<infer Value> ? Value : never;

/** In which files a row stands, and where in them. */
const places = fc.array(fc.record({ file: fc.nat(FILES - 1), place: fc.nat(99) }), { minLength: 1, maxLength: 3 });

function rowOf({ spot, revision, minute, ...rest }: Said[number], world: string): ReviewCells {
  const at = `2026-05-04T03:${String(minute).padStart(2, '0')}:00Z`;
  const key = `${world}-${spot}@${minute}`;
  return approves(`${world}-${spot}`, { ...rest, sourceRowKey: key, submissionRevision: `${revision}`, decidedAt: at });
}

/** An item, but for what names it. */
function plain({ itemRef: _ref, spotId: _spot, version: _version, judgement, ...item }: Item) {
  return { ...item, judgement: judgement && { ...judgement, sourceRowKey: judgement.sourceRowKey.split('-')[1] } };
}

describe('any review rows', () => {
  useModels(undefined);
  const harness = new LandingHarness();
  let files = 0;
  let worlds = 0;

  /** Fresh spots, as they are after these files. */
  async function spotsAfter(filesOf: (world: string) => readonly ReviewCells[][]): Promise<unknown[]> {
    worlds += 1;
    const world = `w${worlds}`;
    await submitSpots(SPOTS.map((spot) => `${world}-${spot}`));
    for (const rows of filesOf(world)) {
      files += 1;
      harness.drop(`review_20260503_${files}.csv`, csv(rows));
    }
    await harness.land();
    expect(harness.names()).toEqual([]);
    return await Promise.all(SPOTS.map(async (spot) => plain(await itemOf(`${world}-${spot}`))));
  }

  it('in any order, doubled, cut into any files give the same items', async () => {
    await addIsoIn('Asia/Bangkok');
    await fc.assert(
      fc.asyncProperty(said, fc.array(places, { minLength: 9, maxLength: 9 }), async (all, where) => {
        const inOrder = [...all].sort((one, other) => one.minute - other.minute);
        const expected = await spotsAfter((world) => [inOrder.map((one) => rowOf(one, world))]);
        const found = await spotsAfter((world) =>
          Array.from({ length: FILES }, (_, file) =>
            all
              .flatMap((one, index) => (where[index] ?? []).map((place) => ({ ...place, row: rowOf(one, world) })))
              .filter((placed) => placed.file === file)
              .sort((one, other) => one.place - other.place)
              .map(({ row }) => row),
          ),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
