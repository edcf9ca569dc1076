import { expect, it } from 'vitest';
import { checkPolicy, type PolicyLimits, type PromotionFacts } from '../../src/domain/policy.ts';
import { spotLabels } from '../../src/domain/spot-label.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

/** The clause that the programme has behind each. */
const CLAUSES = shippedProgramme().policy.findings;
const LIMITS: PolicyLimits = { maxSpotsPerStore: 5, spotsAlreadyInStore: 0 };
const SPOT = { spot: 's1', fixedSecurely: true, says: ['A'], boundHere: false, notOfIso: false, unknown: false };
const PHOTO = { slot: 'storefront', spot: undefined, sha256: 'a', weaknesses: [] };
const GOOD: PromotionFacts = { consent: true, accepting: true, photos: [PHOTO], spots: [SPOT] };

it('a promotion as it should be has no finding, nor has an empty one', () => {
  expect(checkPolicy(GOOD, LIMITS)).toEqual({ violations: [], doubts: [], noted: [] });
  expect(checkPolicy({ consent: undefined, accepting: true, photos: [], spots: [] }, LIMITS)).toEqual({
    violations: [],
    doubts: [],
    noted: [],
  });
});

it.each([
  ['P2', 'consentMissing', { ...GOOD, consent: false }],
  ['P4', 'storeNotAccepting', { ...GOOD, accepting: false }],
  ['P7', 'codeUsedTwice', { ...GOOD, spots: [SPOT, { ...SPOT, spot: 's2' }] }],
  ['P7', 'codeBoundHere', { ...GOOD, spots: [{ ...SPOT, boundHere: true }] }],
  ['P5', 'photoUsedTwice', { ...GOOD, photos: [PHOTO, { ...PHOTO, slot: 'context', spot: 's1' }] }],
] as const)('%s: %s is forbidden', (clause, code, facts) => {
  expect(checkPolicy(facts, LIMITS).violations).toMatchObject([{ code }]);
  expect(CLAUSES[code]).toBe(clause);
});

it('P7: a store has so many spots at most, those of before included', () => {
  const spots = [1, 2, 3, 4, 5].map((n) => ({ ...SPOT, spot: `s${n}`, says: [`${n}`] }));
  expect(checkPolicy({ ...GOOD, spots }, LIMITS).violations).toEqual([]);
  const limits = { ...LIMITS, spotsAlreadyInStore: 1 };
  expect(checkPolicy({ ...GOOD, spots }, limits).violations).toEqual([{ code: 'tooManySpots', spot: 's5' }]);
});

it.each([
  ['P3', 'notFixed', { ...GOOD, spots: [{ ...SPOT, fixedSecurely: false }] }],
  ['P7', 'codeNotOfIso', { ...GOOD, spots: [{ ...SPOT, notOfIso: true }] }],
  ['P5', 'photoDark', { ...GOOD, photos: [{ ...PHOTO, weaknesses: ['dark'] }] }],
  ['P5', 'photoBlurry', { ...GOOD, photos: [{ ...PHOTO, weaknesses: ['blurry'] }] }],
  ['P5', 'photoSmall', { ...GOOD, photos: [{ ...PHOTO, weaknesses: ['small'] }] }],
] as const)('%s: %s is a doubt', (clause, code, facts) => {
  expect(checkPolicy(facts, LIMITS)).toMatchObject({ violations: [], doubts: [{ code }] });
  expect(CLAUSES[code]).toBe(clause);
});

it('a code that nobody knows is noted, and no doubt of whoever submits', () => {
  const spots = [{ ...SPOT, unknown: true }];
  expect(checkPolicy({ ...GOOD, spots }, LIMITS)).toEqual({
    violations: [],
    doubts: [],
    noted: [{ code: 'codeUnknown', spot: 's1' }],
  });
});

it('spots are numbered each within its own type', () => {
  expect(
    spotLabels(['CASHIER_COUNTER', 'WALL', undefined, 'WALL'], 'CASHIER_COUNTER').map(
      ({ spotType, number }) => `${spotType} ${number}`,
    ),
  ).toEqual(['CASHIER_COUNTER 1', 'WALL 1', 'CASHIER_COUNTER 2', 'WALL 2']);
});
