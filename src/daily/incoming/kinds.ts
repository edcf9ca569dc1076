import type { IncomingKind } from './file-name.ts';
import type { IsoRow, LandingKind } from './kind.ts';
import { REVIEWS } from './land-reviews.ts';
import { SCANS } from './land-scans.ts';
import { SETTLEMENTS } from './land-settlements.ts';
import { STOCK } from './land-stock.ts';
import { TASKS } from './land-tasks.ts';

/** What lands how. */
export const LANDING_KINDS: Readonly<Record<IncomingKind, LandingKind<IsoRow>>> = {
  stock: STOCK,
  'inspection-tasks': TASKS,
  review: REVIEWS,
  settlement: SETTLEMENTS,
  scans: SCANS,
};
