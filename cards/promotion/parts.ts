import type { Product } from '../../src/domain/products.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { DoubtCode, MissingCode, ViolationCode } from '../../src/flow/codes.ts';
import { markdownText } from '../markdown.ts';
import { spotName } from '../spot-name.ts';
import type { T } from '../text.ts';

/** A part of a promotion as the summary sees it. */
export interface PartModel {
  /** What `promotion.open` takes to open it. */
  readonly place: string;
  readonly part: 'store' | 'storefront' | 'spot' | 'photos' | 'merchant';
  /** Of a spot. */
  readonly spot?: SpotLabel;
  /** `missing` and `violation` keep it from being submitted, a `doubt` does not. */
  readonly state: 'done' | 'missing' | 'violation' | 'doubt';
  /** What is missing or may fail; its short text is `reason.<code>`. */
  readonly reason?: MissingCode | ViolationCode | DoubtCode;
}

/** `Store`, `Front photo`, `Cashier 1`, `Business`. */
export function partName(t: T, { part, spot }: PartModel): string {
  return part === 'spot' && spot !== undefined ? spotName(t, spot) : t(`part.${part}`);
}

/** `not stuck on firmly`: as plain text for labels and facts. */
export function partReason(t: T, product: Product, { state, reason }: PartModel): string {
  if (reason === undefined) return t(`part.state.${state}`);
  return reason === 'notFixed' ? t(`reason.notFixed.${product}`) : t(`reason.${reason}`);
}

/** `✓ Done`, `! not stuck on firmly`, `✗ close-up missing`: icon and word. */
export function partState(t: T, product: Product, part: PartModel): string {
  const icon = { done: '✓', doubt: '!', missing: '✗', violation: '✗' }[part.state];
  return `${icon} ${partReason(t, product, part)}`;
}

/** `Door may fail: not stuck on firmly.` as markdown. */
export function doubtLine(t: T, product: Product, part: PartModel): string {
  return markdownText(t, 'summary.doubt', { part: partName(t, part), reason: partReason(t, product, part) });
}

/** `! Door: close-up missing.` as markdown. */
export function blockedLine(t: T, product: Product, part: PartModel): string {
  return markdownText(t, 'summary.blocked', { part: partName(t, part), reason: partReason(t, product, part) });
}
