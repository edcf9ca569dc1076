import type { CallClass } from '../domain/budget.ts';

/** Who pays for a call that DingTalk counts against the month, and what it is made for. */
export interface Bill {
  /** An `isoId`, or `ORGANISATION`. */
  readonly payer: string;
  readonly class: CallClass;
  /** By userId, whose step it follows; absent for what comes of itself. */
  readonly causedBy?: string | undefined;
}
