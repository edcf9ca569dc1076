import { changeAppeal, unsentAppeals } from '../../models/appeals.ts';
import type { Context } from '../../src/bot/context.ts';
import { MOST_EVIDENCE } from '../../src/domain/appeal-statement.ts';
import type { MovesPhotos } from '../photos/moves-photos.ts';
import { showAppeal, writtenAppeal } from './appeal-at-hand.ts';

/** How photos leave and come to an appeal that is being written: it has no place for what it does not use. */
export const movesAppealPhotos: MovesPhotos = {
  async begun({ person, tx }) {
    return (await unsentAppeals(person.userId, tx)).map(({ appealId }) => appealId);
  },

  async gathered(asking, appealId) {
    const { evidence = [] } = (await writtenAppeal(asking, appealId)) ?? {};
    return evidence.flatMap(({ photoId, sha256 }) =>
      sha256 === undefined ? [] : [{ photoId, place: { in: 'appeal' as const } }],
    );
  },

  release: takeOut,

  putAside: takeOut,

  async receive(ctx, appealId, { photoId }, verdict) {
    const appeal = await writtenAppeal(ctx, appealId);
    if (appeal === undefined || !verdict.ok) return undefined;
    const { sha256 } = verdict;
    const { evidence, nextPhoto } = appeal;
    if (evidence.length >= MOST_EVIDENCE || evidence.some((one) => one.sha256 === sha256)) return undefined;
    const received = { evidence: [...evidence, { photoId, sha256 }], nextPhoto: nextPhoto + 1, note: null };
    await changeAppeal(appeal, received, ctx.tx);
    return 'used';
  },

  async show(ctx, appealId, line) {
    await showAppeal(ctx, { appealId }, 'review.appeal', line);
  },
};

async function takeOut(ctx: Context, appealId: string, photoId: string): Promise<void> {
  const appeal = await writtenAppeal(ctx, appealId);
  if (appeal === undefined) return;
  const evidence = appeal.evidence.filter((one) => one.photoId !== photoId);
  await changeAppeal(appeal, { evidence, note: null }, ctx.tx);
}
