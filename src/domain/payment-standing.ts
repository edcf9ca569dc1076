import type { PaymentMode } from './inspection-rules.ts';

/**
 * How the verification of payments stands that is a step of a promotion: something is still to be said or sent; all is, and a photo is
 * looked at; every way of paying was tried, and one did not work; all worked; or it was done there so lately that it counts.
 */
export interface PaymentStanding {
  readonly state: 'wanted' | 'waiting' | 'failed' | 'done' | 'doneBefore';
  /** The way of paying that a photo is of which is sent now. */
  readonly photoOf?: PaymentMode | undefined;
}
