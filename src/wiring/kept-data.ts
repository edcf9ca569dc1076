import type { Logger } from '@field/kit/log';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';

/** What the embedded store's look through its own data found. Of a MongoDB, which looks after its own, nothing is said. */
export interface KeptData {
  /** Takes how many documents there are and what is wrong, a line each, once it is through. */
  examined(found: { documents: number; damage: readonly string[] }): void;
  health(): PartHealth;
  readonly figures: readonly Figure[];
}

const REMEDY = 'Stop the bot and put back the last copy of DATA_DIR; what was stored since is in this one only.';

/** The bot goes on with damaged data: what can be read is right, what cannot is refused. */
export function createKeptData(log: Logger): KeptData {
  let documents = 0;
  let damaged = 0;
  return {
    examined(found) {
      documents = found.documents;
      damaged = found.damage.length;
      if (damaged > 0) log.error({ damage: found.damage, remedy: REMEDY }, 'store.damaged');
    },
    health: () => {
      const detail =
        damaged > 0 ? `Some of what is stored is damaged: npm run op -- store check. ${REMEDY}` : undefined;
      return { ok: damaged === 0, detail, essential: false };
    },
    figures: [
      {
        name: 'store_examined_documents',
        read: async () => documents,
      },
      {
        name: 'store_damage',
        read: async () => damaged,
      },
    ],
  };
}
