import { reservePictures } from '../../models/pictures.ts';
import type { MessageContext } from '../../src/bot/context.ts';
import { BURST_MS } from '../../src/bot/working-card.ts';
import { expectPhoto, notesRead } from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { draftInHand, saveDraft, subjectOf } from './current-draft.ts';

/** Pictures were sent: each gets its place in the draft now; fetching and checking them is not the lane's work (design 4). */
export async function takePhotos(ctx: MessageContext): Promise<void> {
  const stored = await draftInHand(ctx);
  if (stored === undefined) return showMenu(ctx, { key: 'line.photoNeedsShop' });
  const { pictures, file } = ctx.update.content;
  const sent = [...pictures, ...(file === undefined ? [] : [file])].map(({ downloadCode }, index) => ({
    pictureId: `${ctx.update.id}#${index}`,
    seq: stored.nextPhoto + index,
    downloadCode,
  }));
  // within a burst nothing was shown yet; before it, everything was
  const begun = ctx.person.move === undefined ? notesRead(stored.draft) : stored.draft;
  const draft = sent.reduce(
    (now, { pictureId, seq }) => expectPhoto(now, { photoId: pictureId, seq, at: ctx.update.at }),
    begun,
  );
  const { draftId, userId, isoId } = stored;
  await reservePictures(
    sent.map((picture) => ({ ...picture, userId, draftId, isoId, sentAt: ctx.update.at })),
    ctx.tx,
  );
  await saveDraft(ctx, stored, draft, { nextPhoto: stored.nextPhoto + sent.length });
  ctx.moveBelow({
    afterMs: BURST_MS,
    evenForm: false,
    photos: sent.length,
    content: { view: 'promotion', subject: subjectOf(draftId) },
  });
}
