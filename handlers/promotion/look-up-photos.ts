import { photosDeployedElsewhere } from '../../models/photos.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { photoUsedElsewhere } from '../../src/flow/engine.ts';

/** The draft without photos that were submitted for another store or spot since they were checked, right before it is sent. */
export async function withPhotosStillUnused(ctx: Context, draft: Draft): Promise<Draft> {
  const standing = draft.photos.filter(({ where }) => where.kind === 'slot').map(({ photoId }) => photoId);
  const used = await photosDeployedElsewhere(standing, ctx.tx);
  return used.reduce(photoUsedElsewhere, draft);
}
