import { countPicturesAside } from '../../models/pictures.ts';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';
import { within } from '../work/within.ts';

/** Pictures that an operator has to decide about, as a number for the metrics. */
export const PICTURES_KEPT_ASIDE: Figure = {
  name: 'pictures_kept_aside',
  help: 'Pictures that ended the process that checked them, until an operator decides',
  read: countPicturesAside,
};

/** The health page does not wait for a store that says nothing. */
const COUNTED_WITHIN_MS = 1_000;

/** Whether there are any, for the health page: everything else works with them. */
export async function picturesHealth(): Promise<PartHealth> {
  const counted = countPicturesAside().catch(() => undefined);
  const aside = await within(COUNTED_WITHIN_MS, counted, undefined);
  const detail = aside ? `${aside} kept aside: npm run op -- pictures list` : undefined;
  return { ok: aside === 0, detail, essential: false };
}
