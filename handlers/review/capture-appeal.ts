import { MOST_EVIDENCE } from '../../src/domain/appeal-statement.ts';
import type { PhotoTarget } from '../photos/photo-target.ts';
import { ownAppeal, writtenAppeal } from './appeal-at-hand.ts';

/** What the page beside the chat can take for an appeal: photos of anything. */
export const capturesAppeal: Pick<PhotoTarget, 'asks' | 'forms' | 'scanned' | 'filledIn'> = {
  async asks(asking, id) {
    const appeal = await writtenAppeal(asking, id);
    if (appeal === undefined || (await ownAppeal(appeal, asking.person, asking.tx)) === undefined) return [];
    const have = appeal.evidence.filter(({ sha256 }) => sha256 !== undefined).length;
    return [
      {
        slot: 'evidence',
        of: { in: 'appeal' },
        takes: 'photo',
        most: MOST_EVIDENCE,
        have,
        checking: appeal.evidence.length - have,
        says: appeal.note && { kind: 'text', key: appeal.note },
      },
    ];
  },

  forms: async () => [],
  scanned: async () => undefined,
  filledIn: async () => undefined,
};
