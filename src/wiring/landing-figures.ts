import type { Clock } from '@field/kit/clock';
import { filesReceivedSince } from '../../models/incoming-files.ts';
import { ROW_OUTCOMES } from '../domain/review-decision.ts';
import type { Figure, FigureBy } from '../web/metrics.ts';

const DAY_MS = 24 * 3_600_000;
/** More than come in a day; of more the newest count. */
const MOST_FILES = 500;

/** How old the daily data is, and what became of what came within a day. */
export function landingFigures(clock: Pick<Clock, 'now'>): readonly (Figure | FigureBy)[] {
  const ofADay = () => filesReceivedSince(clock.now() - DAY_MS, MOST_FILES);
  return [
    {
      name: 'landing_data_age_seconds',
      async read() {
        const [last] = await filesReceivedSince(0, 1);
        return last === undefined ? 0 : Math.max(0, (clock.now() - last.receivedAt) / 1_000);
      },
    },
    {
      name: 'landing_rows_of_a_day',
      async readEach() {
        const files = await ofADay();
        return new Map(
          ROW_OUTCOMES.map((outcome) => [
            outcome,
            files.reduce((sum, { outcomes }) => sum + (outcomes[outcome] ?? 0), 0),
          ]),
        );
      },
    },
    {
      name: 'landing_quarantined_of_a_day',
      read: async () => (await ofADay()).filter(({ state }) => state === 'QUARANTINED').length,
    },
  ];
}
