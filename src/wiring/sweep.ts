import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';

const SWEEP_EVERY_MS = 5_000;

export interface Sweep {
  /** Begins one now, unless one is under way. */
  now(): void;
  /** No further one is begun, and nobody hears of one that breaks off: the store is closed under it. */
  stop(): void;
}

/** Does `all` every few seconds: what a wake would have told and did not, and what another process left. One that fails is one log event. */
export function startSweep(all: () => Promise<void>, log: Logger): Sweep {
  let underWay = false;
  let stopped = false;
  const now = (): void => {
    // a store that says nothing holds up one sweep, not one after the other
    if (underWay) return;
    underWay = true;
    all()
      .catch((error: unknown) => {
        if (!stopped) log.error({ code: asAppError(error).code, err: error }, 'sweep.failed');
      })
      .finally(() => {
        underWay = false;
      });
  };
  const timer = setInterval(now, SWEEP_EVERY_MS);
  return {
    now,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
