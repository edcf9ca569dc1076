import { newMetrics, tallyIn } from '../../src/web/metrics.ts';
import type { Services } from '../../src/wiring/services.ts';

/** What counts for metrics that no test asks for. */
export function toldNobody(): Pick<Services, 'metrics' | 'tally'> {
  const metrics = newMetrics();
  return { metrics, tally: tallyIn(metrics) };
}
