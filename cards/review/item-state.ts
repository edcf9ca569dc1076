import type { ReviewState } from '../../src/domain/review-state.ts';
import type { TextKey } from '../text-key.ts';
import type { Tone } from '../view.ts';

/** How the review of an item stands, in a word with its icon: on its own card, and in every list that it stands in. */
export const ITEM_STATES: Readonly<Record<ReviewState, TextKey>> = {
  PENDING: 'itemState.PENDING',
  APPROVED: 'itemState.APPROVED',
  REJECTED: 'itemState.REJECTED',
  MODIFYING: 'itemState.MODIFYING',
  APPEALING: 'itemState.APPEALING',
  REJECTED_FINAL: 'itemState.REJECTED_FINAL',
  INVALIDATED: 'itemState.INVALIDATED',
  LAPSED: 'itemState.LAPSED',
};

export const ITEM_TONES: Readonly<Record<ReviewState, Tone>> = {
  PENDING: 'info',
  APPROVED: 'success',
  REJECTED: 'danger',
  INVALIDATED: 'danger',
  MODIFYING: 'warning',
  APPEALING: 'info',
  REJECTED_FINAL: 'danger',
  LAPSED: 'danger',
};
