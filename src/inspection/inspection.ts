import type { MarketingCode } from '../domain/marketing-code.ts';

/**
 * Everything an inspector has told and sent for one task. Plain JSON; where the person stands follows from what is there
 * (`placeOf`), as in the flows of promotion. Only the engine makes a new one from an old one.
 */
export interface Inspection {
  /** What was found of the shop itself; absent until it was said. */
  readonly store?: StoreFinding;
  /** What was found at each spot that was looked at. */
  readonly spots: readonly SpotFinding[];
  /** Why nothing can be looked at. */
  readonly cannot?: CannotFinding;
  /** Whether the shop takes only Alipay, where the task said it otherwise. */
  readonly onlyAlipay?: boolean;
  /** The app that was chosen to pay with. */
  readonly tool?: PaymentTool;
  readonly payments: readonly Payment[];
  /** Every photo ever sent for it, by running number; none is ever dropped. */
  readonly photos: readonly InspectionPhoto[];
}

/** The guide's two tools for a payment verification. */
export const PAYMENT_TOOLS = ['ALIPAY', 'ALIPAY_PLUS_LINKER'] as const;
export type PaymentTool = (typeof PAYMENT_TOOLS)[number];

/** Merchant-presented: the shop shows the code. User-presented: the person who pays shows it (domain A.6). */
export const PAYMENT_MODES = ['MPM', 'UPM'] as const;
export type PaymentMode = (typeof PAYMENT_MODES)[number];

export const STORE_DIFFERENCES = ['NAME', 'ADDRESS', 'CLOSED_TODAY', 'NO_ALIPAYPLUS'] as const;
export type StoreDifference = (typeof STORE_DIFFERENCES)[number];

/** `differs` is empty when everything matches. */
export interface StoreFinding {
  readonly differs: readonly StoreDifference[];
  readonly note?: string;
}

export const SPOT_PROBLEMS = ['MISSING', 'MOVED', 'DAMAGED', 'COVERED', 'OTHER_CODE'] as const;
export type SpotProblem = (typeof SPOT_PROBLEMS)[number];

/** `problems` is empty for a good one. */
export interface SpotFinding {
  readonly spotRef: string;
  readonly problems: readonly SpotProblem[];
  readonly note?: string;
}

export const CANNOT_REASONS = ['CLOSED_TODAY', 'CLOSED_DOWN', 'NOT_FOUND', 'ACCESS_REFUSED', 'UNSAFE'] as const;
export type CannotReason = (typeof CANNOT_REASONS)[number];

export interface CannotFinding {
  readonly reason: CannotReason;
  readonly note?: string;
}

export const PAYMENT_RESULTS = [
  'SUCCESS',
  'DECLINED',
  'NOT_ACCEPTED',
  'TERMINAL_OFFLINE',
  'STAFF_UNTRAINED',
  'REFUSED',
  'NOT_ATTEMPTED',
] as const;
export type PaymentResult = (typeof PAYMENT_RESULTS)[number];

/** One way of paying, as it was tried with one tool. */
export interface Payment {
  readonly mode: PaymentMode;
  readonly tool: PaymentTool;
  readonly result: PaymentResult;
  readonly amount?: number;
}

/** What a photo shows: the front, a spot, why it cannot be inspected, or a payment. */
export type PhotoSlot =
  | { readonly kind: 'front' | 'cannot' }
  | { readonly kind: 'spot'; readonly spotRef: string }
  | { readonly kind: 'payment'; readonly mode: PaymentMode };

export interface InspectionPhoto {
  readonly photoId: string;
  readonly seq: number;
  /** When it was sent, milliseconds. */
  readonly at: number;
  readonly slot: PhotoSlot;
  /** Absent while it is being checked, and for one that was not taken. */
  readonly kept?: { readonly sha256: string; readonly codes: readonly MarketingCode[] };
}

/** Nothing said, nothing sent. */
export function newInspection(): Inspection {
  return { spots: [], payments: [], photos: [] };
}
