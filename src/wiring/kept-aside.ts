import { countPicturesAside } from '../../models/pictures.ts';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';

/** Pictures that an operator has to decide about, as a number for the metrics. */
export const PICTURES_KEPT_ASIDE: Figure = {
  name: 'pictures_kept_aside',
  read: countPicturesAside,
};

/** Whether there are any, for the health page: everything else works with them. */
export async function picturesHealth(): Promise<PartHealth> {
  const aside = await countPicturesAside();
  const detail = aside ? `${aside} kept aside: npm run op -- pictures list` : undefined;
  return { ok: aside === 0, detail, essential: false };
}
