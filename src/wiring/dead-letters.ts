import { countDead } from '../../models/dead-letters.ts';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';

/** How much is given up that DingTalk does not take, and why the newest of it is: an operator looks, everything else goes on. */
export async function deadLettersHealth(): Promise<PartHealth> {
  const { count, newest } = await countDead();
  const detail = count ? `${count} given up, the newest: ${newest}; npm run op -- dead list` : undefined;
  return { ok: count === 0, detail, essential: false };
}

export const DEAD_LETTERS: Figure = {
  name: 'delivery_dead',
  read: async () => (await countDead()).count,
};
