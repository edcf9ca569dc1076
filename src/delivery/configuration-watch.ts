import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { aroundCalls } from '../platform/around-calls.ts';
import type { Platform, PlatformCall } from '../platform/platform.ts';
import { remedyOf } from '../platform/remedies.ts';
import { backOffMs } from '../work/back-off.ts';

/** Each call that has nothing to say costs one of the month's; it is made to find out whether somebody has mended it. */
const PROBE = { firstMs: 60_000, ceilingMs: 30 * 60_000 } as const;
/** To ask this watch costs nothing, so that what waits goes out soon after a probe has got through. */
const ASK_AGAIN_MS = 60_000;

interface Fault {
  readonly error: AppError;
  readonly failures: number;
  /** By `clock.now()`: until then the call is not made. */
  readonly probeAt: number;
}

export interface ConfigurationWatch {
  /** The same calls; one whose configuration is wrong fails at once, but for one probe now and then. */
  readonly platform: Platform;
  /** One line a fault that is there now: the call, the code, what to do about it. */
  faults(): readonly string[];
}

export interface ConfigurationWatchOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  readonly random: () => number;
}

/**
 * Watches the calls of a platform for what only an operator can mend: a missing permission, an unpublished template, a wrong secret.
 * What needs such a call waits (kind `configuration`, with `retryAfterMs`), and everything else goes on.
 */
export function watchConfiguration(platform: Platform, options: ConfigurationWatchOptions): ConfigurationWatch {
  const { clock, log } = options;
  const faults = new Map<PlatformCall, Fault>();

  async function watched<Answer>(call: PlatformCall, send: () => Promise<Answer>): Promise<Answer> {
    const known = faults.get(call);
    if (known !== undefined) {
      if (clock.now() < known.probeAt) throw held(known);
      // this one probes: whoever comes meanwhile waits for what it finds
      faults.set(call, { ...known, probeAt: clock.now() + PROBE.firstMs });
    }
    try {
      const answer = await send();
      works(call);
      return answer;
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.kind !== 'configuration') throw thrown;
      throw held(note(call, error));
    }
  }

  function held({ error, probeAt }: Fault): AppError {
    const retryAfterMs = Math.min(ASK_AGAIN_MS, Math.max(0, probeAt - clock.now()));
    return new AppError(error.code, { ...error.details, retryAfterMs }, { cause: error });
  }

  function note(call: PlatformCall, error: AppError): Fault {
    const failures = (faults.get(call)?.failures ?? 0) + 1;
    const fault = { error, failures, probeAt: clock.now() + backOffMs(failures - 1, PROBE, options.random()) };
    faults.set(call, fault);
    log.error({ call, code: error.code, details: error.details, remedy: remedyOf(error.code) }, 'configuration.wrong');
    return fault;
  }

  function works(call: PlatformCall): void {
    if (!faults.delete(call)) return;
    log.info({ call }, 'configuration.mended');
  }

  return {
    platform: aroundCalls(platform, watched),
    faults: () => [...faults].map(([call, { error }]) => `${call}: ${error.code}, ${remedyOf(error.code)}`),
  };
}
