import type { Logger } from '@field/kit/log';
import { readCorpId, writeCorpId } from '../../models/settings.ts';

/** In which organisation the bot is: learned from what is written to it, and kept for the next start. */
export interface Organisation {
  corpId(): string | undefined;
  heard(corpId: string | undefined): void;
  /** Keeps it once more, where all that was stored is forgotten: of one that is known nothing new is heard. */
  keepAgain(): Promise<void>;
}

export async function createOrganisation(log: Logger): Promise<Organisation> {
  let known = await readCorpId();
  return {
    corpId: () => known,
    async keepAgain() {
      if (known !== undefined) await writeCorpId(known);
    },
    heard(corpId) {
      if (corpId === undefined || corpId === known) return;
      known = corpId;
      writeCorpId(corpId).catch((err: unknown) => log.error({ err }, 'organisation.notKept'));
    },
  };
}
