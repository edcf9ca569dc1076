import type { Clock } from '@field/kit/clock';
import { outSince } from '../../models/outages.ts';
import { waitingSends } from '../../models/outbox.ts';
import { picturesLeft } from '../../models/pictures.ts';
import type { ConfigurationWatch } from '../delivery/configuration-watch.ts';
import type { Figure } from '../web/metrics.ts';

/** What waits for DingTalk, since when, and what of DingTalk does not work. */
export function deliveryFigures(
  clock: Pick<Clock, 'now'>,
  { faults }: Pick<ConfigurationWatch, 'faults'>,
): readonly Figure[] {
  const since = (at: number | undefined): number => (at === undefined ? 0 : Math.max(0, (clock.now() - at) / 1_000));
  return [
    { name: 'outbox_waiting', read: async () => (await waitingSends(clock.now())).count },
    { name: 'outbox_overdue_seconds', read: async () => since((await waitingSends(clock.now())).oldestDueAt) },
    { name: 'dingtalk_outage_seconds', read: async () => since(await outSince()) },
    { name: 'configuration_faults', read: async () => faults().length },
    { name: 'pictures_waiting', read: async () => (await picturesLeft()).pending },
  ];
}
