/** What the deployment policy (domain A.4) forbids: it cannot be submitted like this. */
const VIOLATIONS = [
  'consentMissing',
  'storeNotAccepting',
  'tooManySpots',
  'codeUsedTwice',
  'codeBoundHere',
  'photoUsedTwice',
] as const;
export type ViolationCode = (typeof VIOLATIONS)[number];

/** What may fail the review and can be put right in the shop. The person decides. */
const DOUBTS = [
  'notFixed',
  'codeNotOfIso',
  'photoDark',
  'photoBlurry',
  'photoSmall',
  'paymentFailed',
  'typedNotSaved',
] as const;
export type DoubtCode = (typeof DOUBTS)[number];

/** About what nobody in the shop can do anything: admins and reviewers read of it, and whoever submits is not asked. */
const NOTED = ['codeUnknown', 'sitesUsedUp'] as const;
export type NotedCode = (typeof NOTED)[number];

/** All that is found: the programme says which clause stands behind each. */
export const FINDINGS = [...VIOLATIONS, ...DOUBTS, ...NOTED] as const;

/** What is handed over of it all: how a form was filled in is nobody's but its writer's. */
export const HANDED_OVER = [
  'notFixed',
  'codeNotOfIso',
  'codeUnknown',
  'sitesUsedUp',
  'photoDark',
  'photoBlurry',
  'photoSmall',
  'paymentFailed',
] as const satisfies readonly (DoubtCode | NotedCode)[];
export type HandedOverDoubt = (typeof HANDED_OVER)[number];

export interface PolicyLimits {
  /** Spots of one product in one store, those of earlier promotions included (domain A.12-12). */
  readonly maxSpotsPerStore: number;
  readonly spotsAlreadyInStore: number;
  /** Whether its shop is one more than the ISO agreed on for the period (policy P1); not said: nobody asks. */
  readonly siteIsOver?: boolean | undefined;
}

/** How many spots a promotion may still have in its store (policy P7). */
export function roomForSpots({ maxSpotsPerStore, spotsAlreadyInStore }: PolicyLimits): number {
  return Math.max(0, maxSpotsPerStore - spotsAlreadyInStore);
}

/** What the policy asks about of a promotion; `undefined` is not answered yet, and no finding. */
export interface PromotionFacts {
  readonly consent?: boolean | undefined;
  /** Whether the shop takes Alipay+. */
  readonly accepting: boolean;
  readonly photos: readonly PhotoFacts[];
  readonly spots: readonly SpotFacts[];
}

export interface SpotFacts {
  readonly spot: string;
  readonly fixedSecurely?: boolean | undefined;
  /** What its codes say in full. */
  readonly says: readonly string[];
  readonly boundHere: boolean;
  readonly notOfIso: boolean;
  /** No pattern of the programme knows one of its codes. */
  readonly unknown: boolean;
}

export interface PhotoFacts {
  readonly slot: string;
  readonly spot?: string | undefined;
  readonly sha256: string;
  readonly weaknesses: readonly ('dark' | 'blurry' | 'small')[];
}

/** One breach or doubt: which, and at which spot or photo. */
export interface Finding<Code extends string> {
  readonly code: Code;
  readonly spot?: string | undefined;
  readonly slot?: string | undefined;
}

export interface Findings {
  readonly violations: readonly Finding<ViolationCode>[];
  readonly doubts: readonly Finding<DoubtCode>[];
  readonly noted: readonly Finding<NotedCode>[];
}

const DOUBT_OF = { dark: 'photoDark', blurry: 'photoBlurry', small: 'photoSmall' } as const;

/** Checks a promotion against the deployment policy, clause by clause. */
export function checkPolicy(facts: PromotionFacts, limits: PolicyLimits): Findings {
  return { violations: violationsOf(facts, limits), doubts: doubtsOf(facts), noted: notedOf(facts, limits) };
}

function violationsOf({ consent, accepting, spots, photos }: PromotionFacts, limits: PolicyLimits) {
  const found: Finding<ViolationCode>[] = [];
  if (consent === false) found.push({ code: 'consentMissing' });
  if (!accepting) found.push({ code: 'storeNotAccepting' });
  for (const { spot } of spots.slice(roomForSpots(limits))) found.push({ code: 'tooManySpots', spot });
  const codes = new Set<string>();
  for (const { spot, says, boundHere } of spots) {
    if (says.some((one) => codes.has(one))) found.push({ code: 'codeUsedTwice', spot });
    for (const one of says) codes.add(one);
    if (boundHere) found.push({ code: 'codeBoundHere', spot });
  }
  const pictures = new Set<string>();
  for (const { sha256, slot, spot } of photos) {
    if (pictures.has(sha256)) found.push({ code: 'photoUsedTwice', slot, spot });
    pictures.add(sha256);
  }
  return found;
}

function doubtsOf({ spots, photos }: PromotionFacts) {
  const found: Finding<DoubtCode>[] = [];
  for (const { spot, fixedSecurely, notOfIso } of spots) {
    if (fixedSecurely === false) found.push({ code: 'notFixed', spot });
    if (notOfIso) found.push({ code: 'codeNotOfIso', spot });
  }
  for (const { slot, spot, weaknesses } of photos) {
    for (const weakness of weaknesses) {
      found.push({ code: DOUBT_OF[weakness], slot, spot });
    }
  }
  return found;
}

function notedOf({ spots }: PromotionFacts, { siteIsOver = false }: PolicyLimits): readonly Finding<NotedCode>[] {
  return [
    ...spots.flatMap(({ spot, unknown }) => (unknown ? [{ code: 'codeUnknown', spot } as const] : [])),
    ...(siteIsOver ? [{ code: 'sitesUsedUp' } as const] : []),
  ];
}
