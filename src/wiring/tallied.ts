import { asAppError } from '@field/kit/errors';
import type { StreamOptions } from '../dingtalk/stream.ts';
import type { Tally } from '../metrics/table.ts';
import { aroundCalls } from '../platform/around-calls.ts';
import type { Platform } from '../platform/platform.ts';

/** The same calls, each counted by its name as it is made, and by the code of its error where it fails. */
export function tallyCalls(platform: Platform, tally: Tally): Platform {
  return aroundCalls(platform, async (call, send) => {
    tally.countOf('dingtalk_calls_total', call);
    try {
      return await send();
    } catch (thrown) {
      tally.countOf('dingtalk_refusals_total', asAppError(thrown).code);
      throw thrown;
    }
  });
}

/** Counts connections, what was acknowledged, and how long taps took. */
export function tallyStream(tally: Tally): Required<Pick<StreamOptions, 'opened' | 'acknowledged' | 'tapAnswered'>> {
  return {
    opened: () => tally.count('dingtalk_connections_opened_total'),
    acknowledged: (outcome) => tally.countOf('acks_total', outcome),
    tapAnswered({ tookMs, inTime }) {
      tally.countOf('taps_total', inTime ? 'in_time' : 'late');
      tally.took('tap_answer_seconds', tookMs / 1_000);
    },
  };
}

/** Counts what these jobs come to, from 0 on. */
export function tallyJobs(tally: Tally, jobs: readonly { readonly name: string }[]) {
  const NAMES = { done: 'jobs_done_total', failed: 'jobs_failed_total' } as const;
  for (const { name } of jobs) {
    tally.countOf(NAMES.done, name, 0);
    tally.countOf(NAMES.failed, name, 0);
  }
  return (job: string, outcome: keyof typeof NAMES): void => tally.countOf(NAMES[outcome], job);
}
