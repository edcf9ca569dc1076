import type { ReviewState } from './review-state.ts';

/** What may be earned for a spot (domain A.11). */
export const FEE_STATES = ['NOT_ELIGIBLE', 'ELIGIBLE', 'CONFIRMED', 'REVERSED'] as const;
export type FeeState = (typeof FEE_STATES)[number];

/** What of the programme is earned, by its id, and in which money, ISO 4217. */
export interface FeeKind {
  readonly id: string;
  readonly currency?: string | undefined;
}

export interface FeeFacts {
  /** The reviews of the store, of the spot, and of the POSM at it: undefined as long as no row named the POSM. */
  readonly store?: ReviewState | undefined;
  readonly spot?: ReviewState | undefined;
  readonly posm?: ReviewState | undefined;
  /** Whether a Marketing Code is ACTIVE at the spot; a Primary POSM has none and needs none. */
  readonly bound: boolean;
  /** What the last settlement row about the spot said. */
  readonly settlement?: 'CONFIRMED' | 'REVERSED' | undefined;
}

/**
 * The fee counts only for what is approved: store, spot and POSM, with an active code (domain A.12-4, the guide's note). The
 * POSM follows its spot until a row names it. What was settled stays so. The one place where this is computed.
 */
export function feeState({ store, spot, posm, bound, settlement }: FeeFacts): FeeState {
  if (settlement !== undefined) return settlement;
  const approved = store === 'APPROVED' && spot === 'APPROVED' && (posm ?? spot) === 'APPROVED';
  return approved && bound ? 'ELIGIBLE' : 'NOT_ELIGIBLE';
}
