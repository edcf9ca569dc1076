import type { FaceModels } from '../../../cards/views.ts';
import { SHIPPED_REASONS } from '../../support/shipped-programme.ts';

const tally = { promoted: 52, approved: 48, failed: 4, inReview: 0 };
const quiet: FaceModels['digest'] = {
  dataDate: '20261123',
  toldAt: Date.UTC(2026, 10, 24, 2),
  timeZone: 'Asia/Bangkok',
  urgent: 0,
  numbers: { stores: { ...tally, promoted: 1, approved: 1, failed: 0 }, spots: { ...tally, failed: 0 } },
  reasons: [],
};

/** The cards that groups see. */
export const DIGEST_EXAMPLES = {
  group: {
    asked: { iso: 'Lotus Partners', bound: false },
    bound: { iso: 'Lotus Partners', bound: true },
    timed: { iso: 'Lotus Partners of the Whole South', bound: true, hour: 8, quiet: true },
    choosing: { iso: 'Lotus Partners', bound: true, choosing: true },
    declined: { iso: 'Lotus Partners', bound: false, declined: true },
  },
  digest: {
    quiet,
    failures: {
      ...quiet,
      urgent: 4,
      urgentBy: '20261126',
      numbers: {
        stores: tally,
        spots: { promoted: 118, approved: 107, failed: 11, inReview: 0 },
      },
      reasons: [
        { reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), count: 6 },
        { reason: SHIPPED_REASONS.of('SPOT_NOT_FIXED'), count: 3 },
        { reason: SHIPPED_REASONS.of('CODE_UNREADABLE'), count: 2 },
      ],
    },
    weekOn: {
      ...quiet,
      old: 5,
      inspections: 3,
      reasons: [
        { reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), count: 6, before: 1 },
        { reason: SHIPPED_REASONS.of('SPOT_NOT_FIXED'), count: 3, before: 4 },
        { reason: SHIPPED_REASONS.of('CODE_UNREADABLE'), count: 2, before: 0 },
      ],
      lastWeek: { stores: tally, spots: { promoted: 30, approved: 27, failed: 3, inReview: 0 } },
    },
    waiting: {
      ...quiet,
      numbers: { stores: quiet.numbers.stores, spots: { promoted: 12, approved: 8, failed: 1, inReview: 3 } },
    },
    byHours: { ...quiet, urgent: 4 },
    again: {
      ...quiet,
      numbers: { stores: quiet.numbers.stores, spots: { promoted: 2, approved: 2, failed: 0, inReview: 0, again: 1 } },
    },
  },
} as const;
