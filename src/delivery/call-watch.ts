import type { Clock } from '@field/kit/clock';
import { type AppError, asAppError, type ErrorCode } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { holdPuts, liftPuts, pacePuts } from '../../models/card-puts.ts';
import { callFailed, callWorked, type EndedOutage, endOutage } from '../../models/outages.ts';
import { holdSends, liftSends, paceSends } from '../../models/outbox-waits.ts';
import { liftPictures } from '../../models/pictures.ts';
import { liftUploads } from '../../models/uploads.ts';
import { aroundCalls } from '../platform/around-calls.ts';
import { CallOut } from '../platform/call-out.ts';
import type { Platform, PlatformCall } from '../platform/platform.ts';
import { isOfTheStore } from './not-made.ts';

export interface CallWatchOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** Wakes whoever sends: something became due. */
  readonly lifted: () => void;
}

/** What says nothing of what was asked. */
const OF_THE_APP: ReadonlySet<ErrorCode> = new Set(['dingtalk.busy', 'dingtalk.quotaUsedUp', 'dingtalk.tokenExpired']);

/** One asks again, and the others only where nothing was heard of that: longer than a call takes. */
const AFTER_THE_FIRST_MS = 10_000;

/** A month whose calls are used up stays so for longer: where one works so soon it was not that. */
const NO_MONTH_MS = 60_000;

/**
 * The same calls, watched over all processes (architecture 7): what fails for now fails as `CallOut`, and whatever waits for that call
 * waits with it, so that an outage costs a call now and then and not one for each thing that waits. The first that works makes all of
 * it due.
 */
export function watchCalls(platform: Platform, options: CallWatchOptions): Platform {
  const { clock, log } = options;

  async function watched<Answer>(call: PlatformCall, send: () => Promise<Answer>): Promise<Answer> {
    let answer: Answer;
    try {
      answer = await send();
    } catch (thrown) {
      const error = asAppError(thrown);
      // DingTalk is there: what it did not do is this one delivery; or it was not asked
      const isOut = error.kind === 'retryable' && error.code !== 'dingtalk.undelivered' && !isOfTheStore(error);
      if (!isOut) throw thrown;
      throw await noteFailure(call, error);
    }
    await lift(call).catch((err: unknown) => log.error({ call, err }, 'outage.notEnded'));
    return answer;
  }

  async function noteFailure(call: PlatformCall, error: AppError): Promise<AppError> {
    const missing = error.code === 'dingtalk.quotaUsedUp' ? 'anyCall' : call;
    const [now, askedMs] = [clock.now(), Number(error.details.retryAfterMs ?? 0)];
    try {
      const { until, alone, prolonged } = await callFailed(missing, { now, askedMs, random: options.random() });
      const retryAfterMs = until - now + (prolonged ? 0 : AFTER_THE_FIRST_MS);
      if (prolonged) {
        await holdSends(missing, until + AFTER_THE_FIRST_MS, clock.machine());
        await holdPuts(missing, clock.machine() + retryAfterMs + AFTER_THE_FIRST_MS);
      }
      return new CallOut(error, missing, { retryAfterMs, alone: alone && !OF_THE_APP.has(error.code) });
    } catch (err) {
      log.error({ call, err }, 'outage.notNoted');
      return error;
    }
  }

  async function lift(call: PlatformCall): Promise<void> {
    const [now, machine] = [clock.now(), clock.machine()];
    const ended = await callWorked(call, machine);
    if (ended.length === 0) return;
    for (const outage of ended) await end(outage, now, machine);
    options.lifted();
  }

  async function end(outage: EndedOutage, now: number, machine: number): Promise<void> {
    const { call } = outage;
    const paced = wasTheMonth(outage, now);
    // first: a card that waits for a picture asks for it when it is drawn
    if (call === 'uploadImage' || call === 'anyCall') await liftUploads(machine);
    await (paced ? paceSends(now, machine) : liftSends(call, now));
    await (paced ? pacePuts(machine) : liftPuts(call, machine));
    if (call === 'downloadUrl' || call === 'anyCall') await liftPictures(now);
    if (await endOutage(outage)) log.info({ call }, 'outage.ended');
  }

  return aroundCalls(platform, watched);
}

function wasTheMonth({ call, since }: EndedOutage, now: number): boolean {
  return call === 'anyCall' && (since === undefined || now - since >= NO_MONTH_MS);
}
