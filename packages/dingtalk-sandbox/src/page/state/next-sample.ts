/** The sample pictures, in the order a promotion asks for them; the last one belongs to an inspection. */
export const SAMPLE_NAMES = ['storefront', 'counter', 'closeup', 'receipt'] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

/** What a card can be told by, in any language: the routing keys of its controls, and the fields of its form. */
export interface AskingCard {
  readonly actions: readonly string[];
  readonly fields: readonly string[];
}

const does =
  (action: string) =>
  ({ actions }: AskingCard): boolean =>
    actions.includes(action);
const fills =
  (field: string) =>
  ({ fields }: AskingCard): boolean =>
    // a bot may add to a field's name, so that each asking has names of its own
    fields.some((name) => name === field || name.startsWith(`${field}_`));
const onlyGoesBack = ({ actions }: AskingCard): boolean =>
  actions.includes('inspection.back') && actions.every((action) => /^(inspection\.back|menu\.open)$/.test(action));

/** Which picture a card asks for, or will when its form is sent; the first that holds. `spot`: the two of a spot in turn. */
const WANTED: readonly (readonly [when: (card: AskingCard) => boolean, what: SampleName | 'spot'])[] = [
  [does('review.cancelModify'), 'closeup'],
  [does('promotion.typeCode'), 'spot'],
  [does('promotion.keepPhoto'), 'closeup'],
  [fills('spotType'), 'counter'],
  [fills('nameLocal'), 'storefront'],
  [does('inspection.good'), 'closeup'],
  [does('inspection.matches'), 'storefront'],
  [does('inspection.afterAll'), 'storefront'],
  [fills('result'), 'receipt'],
  [onlyGoesBack, 'receipt'],
];

/** Whether a card asks for pictures that have a sample. */
export function asksForPicture(card: AskingCard): boolean {
  return WANTED.some(([when]) => when(card));
}

/** The sample to offer next: what the card asks for, else in the order of a promotion, given those sent since its shop front. */
export function nextSample(card: AskingCard | undefined, sent: readonly SampleName[]): SampleName {
  const wanted = card && WANTED.find(([when]) => when(card))?.[1];
  if (wanted !== undefined && wanted !== 'spot') return wanted;
  if (wanted === undefined && sent.length === 0) return 'storefront';
  const count = (name: SampleName): number => sent.filter((one) => one === name).length;
  return count('counter') <= count('closeup') ? 'counter' : 'closeup';
}
