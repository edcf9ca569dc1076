import type { Stream } from '../dingtalk/stream.ts';
import type { DingTalkTime } from '../platform/dingtalk-time.ts';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';

/** One live connection is enough to work with; that another is missing is for the operator to see. */
export function connectionHealth(stream: Pick<Stream, 'state'>): PartHealth {
  const { live, wanted } = stream.state();
  return { ok: live > 0, detail: `${live} of ${wanted} live` };
}

export function connectionFigures(
  stream: Pick<Stream, 'state' | 'quietForMs'>,
  time: Pick<DingTalkTime, 'aheadMs'>,
): readonly Figure[] {
  return [
    {
      name: 'dingtalk_connections_live',
      read: async () => stream.state().live,
    },
    {
      name: 'dingtalk_last_frame_age_seconds',
      read: async () => stream.quietForMs() / 1_000,
    },
    {
      name: 'dingtalk_clock_ahead_seconds',
      read: async () => time.aheadMs() / 1_000,
    },
  ];
}
