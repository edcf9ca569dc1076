import { AppError } from '@field/kit/errors';
import type { AwaitedCall } from './platform.ts';

/** A call failed for now: what needed it waits for `call` to work again. `details.retryAfterMs` says how long at most. */
export class CallOut extends AppError {
  readonly call: AwaitedCall;
  /** The call had worked before: it may be what was asked that fails, and not the call. */
  readonly alone: boolean;

  constructor(error: AppError, call: AwaitedCall, { retryAfterMs, alone }: { retryAfterMs: number; alone: boolean }) {
    super(error.code, { ...error.details, retryAfterMs }, { cause: error });
    this.call = call;
    this.alone = alone;
  }
}
