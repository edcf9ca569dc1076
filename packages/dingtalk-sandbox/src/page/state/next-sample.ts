/** The sample pictures, in the order a promotion asks for them; the last one belongs to an inspection. */
export const SAMPLE_NAMES = ['storefront', 'counter', 'closeup', 'receipt'] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

/** What the samples of a chat are to show, as far as it is known. */
export interface SampleSetting {
  /** The spot that is inspected or put right: what stands there is what a close-up must show. */
  readonly at?: string | undefined;
  /** The name on the sign of the shop. */
  readonly shop?: string | undefined;
  /** The app that was paid with. */
  readonly app?: string | undefined;
}

/** What a card can be told by, in any language: the routing keys of its controls, and the marks in its lines. */
export interface AskingCard {
  readonly actions: readonly string[];
  /** What the blue button does. */
  readonly first?: string | undefined;
  readonly hasForm: boolean;
  readonly texts: readonly string[];
}

type Rule = (card: AskingCard) => readonly SampleName[] | undefined;

const SPOT: readonly SampleName[] = ['counter', 'closeup'];
/** `✓ Wide photo  ○ Close-up`: what is there of a spot, in the order of its pictures. */
const MARKS = /^[✓✗○…!] .*? {2}[✓✗○…!] /m;

const does =
  (action: string | RegExp, asks: readonly SampleName[] | Rule): Rule =>
  (card) => {
    if (!card.actions.some((one) => (typeof action === 'string' ? one === action : action.test(one)))) return undefined;
    return typeof asks === 'function' ? asks(card) : asks;
  };
const onlyDoes =
  (action: string, asks: readonly SampleName[]): Rule =>
  ({ actions, hasForm }) =>
    !hasForm && actions.includes(action) && actions.every((one) => one === action || one === 'menu.open')
      ? asks
      : undefined;
/** Once the photo is there, what follows from it is the blue button. */
const untilSeen =
  (asks: readonly SampleName[]): Rule =>
  ({ first }) =>
    first === undefined ? asks : [];

function ofSpot({ texts, first }: AskingCard): readonly SampleName[] {
  if (first !== undefined) return [];
  const line = texts.flatMap((text) => text.split('\n')).find((one) => MARKS.test(one));
  const marks = line?.split(/ {2}/).map((part) => part.trim().charAt(0));
  return marks === undefined ? SPOT : SPOT.filter((_, index) => marks[index] !== '✓');
}

/** Which pictures a card asks for, in order; the first rule that knows the card. */
const RULES: readonly Rule[] = [
  ({ hasForm }) => (hasForm ? [] : undefined),
  does('promotion.keepPhoto', ['closeup']),
  does(/^promotion\.(typeCode|skipSpot)$/, ofSpot),
  does('review.cancelModify', ofSpot),
  does('inspection.good', untilSeen(['closeup'])),
  does('inspection.matches', untilSeen(['storefront'])),
  does('inspection.afterAll', untilSeen(['storefront'])),
  onlyDoes('promotion.back', ['storefront']),
  onlyDoes('inspection.back', ['receipt']),
];

/** The pictures that a card asks for now; empty for one that asks for none. */
export function samplesAskedBy(card: AskingCard): readonly SampleName[] {
  for (const rule of RULES) {
    const asked = rule(card);
    if (asked !== undefined) return asked;
  }
  return [];
}

/** The sample to offer next: the first that is asked for and was not sent since; undefined while none is. */
export function nextSample(asked: readonly SampleName[], sentSince: readonly SampleName[]): SampleName | undefined {
  const left = [...sentSince];
  return asked.find((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
