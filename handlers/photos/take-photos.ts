import { reservePictures } from '../../models/pictures.ts';
import type { MessageContext } from '../../src/bot/context.ts';
import { BURST_MS } from '../../src/bot/working-card.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { showMenu } from '../menu/menu.ts';
import { sameSubject, workAt } from './current-work.ts';
import { namedShop } from './named-shop.ts';
import type { Expected } from './photo-target.ts';
import type { SentPhoto } from './photo-work.ts';
import { sayBelow } from './say-below.ts';
import { photoTargetOf } from './targets.ts';

const NEEDS_SHOP = { key: 'line.photoNeedsShop' } as const;

/**
 * Pictures were sent: each gets its place in what was in hand when they were sent, however late they come; fetching and checking
 * them is not the lane's work (architecture 4). What can take them no more, or never was there, leaves them kept and used nowhere.
 */
export async function takePhotos(ctx: MessageContext): Promise<void> {
  const { at } = ctx.update;
  const work = workAt(ctx.person, at);
  const target = work && photoTargetOf(work.kind);
  const sent = codesIn(ctx).map((_, index) => ({ photoId: `${ctx.update.id}#${index}`, at }));
  const found = work && (await target?.find(ctx, work.id, at));
  const expected = work && found?.ended === undefined ? await target?.expect(ctx, work.id, sent) : undefined;
  if (expected === undefined) {
    await reserve(ctx, sent, { about: work ?? nobodys(ctx), isoId: ctx.person.isoId ?? '', firstSeq: at });
    if (found === undefined)
      return ctx.person.currentWork === undefined ? showMenu(ctx, NEEDS_SHOP) : sayBelow(ctx, NEEDS_SHOP);
    return sayBelow(ctx, { key: 'line.photoTooLate', args: { ...namedShop(found.shop), how: found.ended ?? 'over' } });
  }
  await reserve(ctx, sent, expected);
  const { shop, named } = namedShop(found?.shop ?? '');
  const { content } = expected;
  if (sameSubject(expected.about, ctx.person.currentWork))
    ctx.moveBelow({ afterMs: BURST_MS, evenForm: false, photos: sent.length, shop, content });
  else sayBelow(ctx, { key: 'line.photoCameLate', args: { shop, named, count: sent.length } });
}

function codesIn({ update }: MessageContext): readonly string[] {
  const { pictures, file } = update.content;
  return [...pictures, ...(file === undefined ? [] : [file])].map(({ downloadCode }) => downloadCode);
}

/** What was sent while nothing was in hand is about the person alone. */
function nobodys({ person }: MessageContext): Subject {
  return { kind: 'person', id: person.userId };
}

async function reserve(
  ctx: MessageContext,
  sent: readonly SentPhoto[],
  { about, isoId, firstSeq }: Pick<Expected, 'about' | 'isoId' | 'firstSeq'>,
): Promise<void> {
  const codes = codesIn(ctx);
  const { userId } = ctx.person;
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
}
