import { DAY_MS } from '@field/kit/calendar';
import type { Logger } from '@field/kit/log';
import { forgetWebhooks } from '../../../models/webhook-events.ts';
import type { Retention } from '../../domain/retention.ts';
import { AT_ONCE, type RetentionRule } from './rule.ts';

/** Events of webhooks: those that the receiver never took go with the others, which the log says. */
export function webhookRule({ webhooksDays }: Retention, log: Pick<Logger, 'error'>): RetentionRule {
  return {
    of: 'webhookevents',
    async *remove(now) {
      const before = now - webhooksDays * DAY_MS;
      for (const state of ['SENT', 'SKIPPED', 'WAITING'] as const) {
        for (let gone = -1; gone !== 0; ) {
          gone = await forgetWebhooks(state, before, AT_ONCE);
          if (state === 'WAITING' && gone > 0) log.error({ events: gone }, 'webhooks.neverTaken');
          yield gone;
        }
      }
    },
  };
}
