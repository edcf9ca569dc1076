import type { ConfigurationWatch } from '../delivery/configuration-watch.ts';
import type { Stream } from '../dingtalk/stream.ts';
import { addFigures } from '../web/metrics.ts';
import { connectionFigures } from './connection.ts';
import { DEAD_LETTERS } from './dead-letters.ts';
import { deliveryFigures } from './delivery-figures.ts';
import { ISOS_WITHOUT_ADMIN } from './isos-without-admin.ts';
import { PICTURES_KEPT_ASIDE } from './kept-aside.ts';
import type { KeptData } from './kept-data.ts';
import { landingFigures } from './landing-figures.ts';
import { monthFigures } from './month-figures.ts';
import type { Services } from './services.ts';
import { UNKNOWN_CODES } from './unknown-codes.ts';
import type { Updates } from './updates.ts';
import type { ToldByWebhook } from './webhooks.ts';

/** Every number that is read when somebody asks for the metrics; the others are counted where they happen (`services.tally`). */
export function tellFigures(
  { metrics, clock, config, dingTalkTime }: Services,
  parts: {
    readonly stream: Pick<Stream, 'state' | 'quietForMs'>;
    readonly configuration: Pick<ConfigurationWatch, 'faults'>;
    readonly kept: Pick<KeptData, 'figures'>;
    readonly told: Pick<ToldByWebhook, 'figures'>;
    readonly updates: Pick<Updates, 'checkerHolds'> & { readonly lanes: Pick<Updates['lanes'], 'atWork'> };
  },
): void {
  const { stream, configuration, kept, told, updates } = parts;
  addFigures(metrics, [
    PICTURES_KEPT_ASIDE,
    UNKNOWN_CODES,
    DEAD_LETTERS,
    ISOS_WITHOUT_ADMIN,
    { name: 'lanes_at_work', read: async () => updates.lanes.atWork() },
    { name: 'picture_process_memory_bytes', read: async () => updates.checkerHolds() },
    ...connectionFigures(stream, dingTalkTime),
    ...monthFigures(clock, config.limits),
    ...deliveryFigures(clock, configuration),
    ...landingFigures(clock),
    ...kept.figures,
    ...told.figures,
  ]);
}
