import { reservePictures } from '../../models/pictures.ts';
import type { MessageContext } from '../../src/bot/context.ts';
import { BURST_MS } from '../../src/bot/working-card.ts';
import { showMenu } from '../menu/menu.ts';
import { photoTargetOf } from './targets.ts';

/** Pictures were sent: each gets its place in the current work; fetching and checking them is not the lane's work (architecture 4). */
export async function takePhotos(ctx: MessageContext): Promise<void> {
  const { pictures, file } = ctx.update.content;
  const { userId } = ctx.person;
  const codes = [...pictures, ...(file === undefined ? [] : [file])].map(({ downloadCode }) => downloadCode);
  const sent = codes.map((_, index) => ({ photoId: `${ctx.update.id}#${index}`, at: ctx.update.at }));
  const expected = await photoTargetOf(ctx.person.currentWork?.kind).expect(ctx, sent);
  if (expected === undefined) return showMenu(ctx, { key: 'line.photoNeedsShop' });
  const { about, isoId, firstSeq, content } = expected;
  await reservePictures(
    sent.map(({ photoId, at }, index) => ({
      pictureId: photoId,
      userId,
      about,
      isoId,
      sentAt: at,
      seq: firstSeq + index,
      downloadCode: codes[index] ?? '',
    })),
    ctx.tx,
  );
  ctx.moveBelow({ afterMs: BURST_MS, evenForm: false, photos: sent.length, content });
}
