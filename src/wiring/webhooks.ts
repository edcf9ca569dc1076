import { recordWebhooks, waitingWebhooks } from '../../models/webhook-events.ts';
import type { HealthChecks, PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';
import { createWebhooks, type Webhooks } from '../webhooks/webhooks.ts';
import type { Services } from './services.ts';

/** What waits longer is told on the health page: a receiver that only starts again is back by then. */
const LONG_MS = 10 * 60_000;

/** Webhooks as the settings have them, and what tells how they are; nothing where nobody is told. */
export interface ToldByWebhook {
  readonly webhooks?: Webhooks | undefined;
  readonly health: HealthChecks;
  readonly figures: readonly Figure[];
}

/** Before anything is submitted or landed: from then on events are recorded, or none. */
export function startWebhooks(services: Services): ToldByWebhook {
  const { config, clock } = services;
  recordWebhooks(config.webhooks !== undefined);
  if (config.webhooks === undefined) return { health: {}, figures: [] };
  const now = (): number => clock.now();
  const webhooks = createWebhooks({ ...services, ...config.webhooks });
  return {
    webhooks,
    health: { webhooks: () => webhooksHealth(now(), webhooks.notTaken()) },
    figures: [
      {
        name: 'webhooks_waiting',
        read: async () => (await waitingWebhooks()).count,
      },
      {
        name: 'webhooks_oldest_seconds',
        read: async () => {
          const { since } = await waitingWebhooks();
          return since === undefined ? 0 : Math.max(0, Math.round((now() - since) / 1_000));
        },
      },
    ],
  };
}

/** How much waits, since when, and what the receiver answered to the oldest: an operator looks, everything else goes on. */
async function webhooksHealth(now: number, answered: string | undefined): Promise<PartHealth> {
  const { count, since } = await waitingWebhooks();
  if (since === undefined || now - since < LONG_MS) return { ok: true };
  const why = answered === undefined ? '' : ` (${answered})`;
  return {
    ok: false,
    detail: `${count} wait, the oldest since ${new Date(since).toISOString()}${why}: npm run op -- webhooks list`,
    essential: false,
  };
}
