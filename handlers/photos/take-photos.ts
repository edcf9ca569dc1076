import { reservePictures } from '../../models/pictures.ts';
import type { Context, MessageContext, WantedMove } from '../../src/bot/context.ts';
import { BURST_MS } from '../../src/bot/working-card.ts';
import { isOnlyRead, type Subject } from '../../src/platform/subject.ts';
import { showMenu } from '../menu/menu.ts';
import { sameSubject, workAt } from './current-work.ts';
import { namedShop } from './named-shop.ts';
import type { Expected } from './photo-target.ts';
import type { SentPhoto } from './photo-work.ts';
import { sayBelow } from './say-below.ts';
import { photoTargetOf } from './targets.ts';

const NEEDS_SHOP = { key: 'line.photoNeedsShop' } as const;

/** How long after something was sent the working card moves. */
export type Quiet = Pick<WantedMove, 'afterMs' | 'hastens'>;

/** Whoever sent it looks at the chat: a burst, and nothing that still waits for the page beside it. */
export const IN_THE_CHAT: Quiet = { afterMs: BURST_MS, hastens: true };

/** Photos that have come, and where each can be had. */
export interface Arrived {
  /** When they were sent, or taken. */
  readonly at: number;
  readonly photos: readonly (SentPhoto & { readonly source: string })[];
  /** When the working card moves, asked once they have their places. */
  readonly quiet: () => Promise<Quiet>;
}

/**
 * Pictures were sent: each gets its place in what was in hand when they were sent, however late they come; fetching and checking
 * them is not the lane's work (architecture 4). What can take them no more, or never was there, leaves them kept and used nowhere.
 */
export async function takePhotos(ctx: MessageContext): Promise<void> {
  const { at, id } = ctx.update;
  const photos = codesIn(ctx).map((source, index) => ({ photoId: `${id}#${index}`, at, source }));
  await takeFor(ctx, workAt(ctx.person, at), { at, photos, quiet: async () => IN_THE_CHAT });
}

/** Photos for this work, whatever is in hand: reserved there, or kept and used nowhere with a line that says so. */
export async function takeFor(ctx: Context, work: Subject | undefined, { at, photos, quiet }: Arrived): Promise<void> {
  const target = work && photoTargetOf(work.kind);
  const found = work && (await target?.find(ctx, work.id, at));
  const expected = work && found?.ended === undefined ? await target?.expect(ctx, work.id, photos) : undefined;
  if (expected === undefined) {
    const isOfNoUse = work !== undefined && isOnlyRead(work.kind);
    if (!isOfNoUse)
      await reserve(ctx, photos, { about: work ?? nobodys(ctx), isoId: ctx.person.isoId ?? '', firstSeq: at });
    if (found === undefined)
      return ctx.person.currentWork === undefined ? showMenu(ctx, NEEDS_SHOP) : sayBelow(ctx, NEEDS_SHOP);
    const tooLate = {
      key: 'line.photoTooLate',
      args: { ...namedShop(found.shop), how: found.ended ?? 'over' },
    } as const;
    return sayBelow(ctx, found.saysLate ?? tooLate);
  }
  await reserve(ctx, photos, expected);
  const { shop, named } = namedShop(found?.shop ?? '');
  const { content } = expected;
  const kept = isOnlyRead(expected.about.kind) ? 0 : photos.length;
  if (sameSubject(expected.about, ctx.person.currentWork))
    ctx.moveBelow({ ...(await quiet()), evenForm: false, photos: kept, shop, content });
  else sayBelow(ctx, found?.saysLate ?? { key: 'line.photoCameLate', args: { shop, named, count: photos.length } });
}

function codesIn({ update }: MessageContext): readonly string[] {
  const { pictures, file } = update.content;
  return [...pictures, ...(file === undefined ? [] : [file])].map(({ downloadCode }) => downloadCode);
}

/** What was sent while nothing was in hand is about the person alone. */
function nobodys({ person }: Context): Subject {
  return { kind: 'person', id: person.userId };
}

async function reserve(
  ctx: Context,
  photos: Arrived['photos'],
  { about, isoId, firstSeq }: Pick<Expected, 'about' | 'isoId' | 'firstSeq'>,
): Promise<void> {
  const { userId } = ctx.person;
  await reservePictures(
    photos.map(({ photoId, at, source }, index) => ({
      pictureId: photoId,
      userId,
      about,
      isoId,
      sentAt: at,
      seq: firstSeq + index,
      downloadCode: source,
    })),
    ctx.tx,
  );
}
