import { photoBacksAnother, photoIsAbout } from '../../models/photos.ts';
import { readAll } from '../../models/read-together.ts';
import type { Context, MessageContext, TapContext } from '../../src/bot/context.ts';
import type { Received } from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { sameSubject } from './current-work.ts';
import { namedShop } from './named-shop.ts';
import { chosenPhoto, photoSubject, workKey, workNamed, workOf } from './photo-subjects.ts';
import {
  type PhotoAtHand,
  photosAtHand,
  showNotHere,
  showPhotoList,
  type WorkAtHand,
  workAtHand,
} from './work-at-hand.ts';

/** `See photos`: the photos of this work, a page of them. */
export function listPhotos(ctx: TapContext, at: WorkAtHand): void {
  showPhotoList(ctx, at, pageOf(ctx.update.params.extra.page));
}

/** One of them: the picture, and where it may go. */
export async function choosePhoto(ctx: TapContext, at: WorkAtHand): Promise<void> {
  const { photo: photoId = '', from, page } = ctx.update.params.extra;
  const [photo] = await photosAtHand(ctx, at, photoId);
  if (photo === undefined) return await showNotHere(ctx, at);
  const chosen = { work: at.work, photoId, from: pageOf(from), page: pageOf(page) };
  ctx.show({ view: 'photos.move', subject: photoSubject(chosen) });
}

/** `Back`: where the person stands in the work. */
export async function leavePhotos(ctx: Context, { work, target }: WorkAtHand): Promise<void> {
  await target.show(ctx, work.id);
}

/**
 * The photo leaves this work and comes to another of the same person, in one transaction: by the compare-and-set of both it stands in one
 * of them at every moment, whoever else works on them.
 */
export async function movePhoto(ctx: TapContext, from: WorkAtHand): Promise<void> {
  const photo = await photoNamed(ctx, from);
  if (photo === undefined) return await showNotHere(ctx, from);
  const to = await workAtHand(ctx, workNamed(ctx.update.params.extra.to));
  if (to === undefined || to.found.isoId !== photo.isoId || sameSubject(to.work, from.work))
    return stays(ctx, '', 'over');
  const received = to.found.ended === undefined ? await receive(ctx, to, photo) : undefined;
  if (received === undefined) return stays(ctx, to.found.shop, to.found.ended ?? 'full');
  await from.target.release(ctx, from.work.id, photo.photoId);
  await photoIsAbout(photo.photoId, to.work, ctx.tx);
  ctx.touch(to.work);
  ctx.audit('photo.move', from.work, { photo: photo.photoId, to: workKey(to.work), as: received });
  const args = { ...namedShop(to.found.shop), how: received };
  await from.target.show(ctx, from.work.id, { key: 'line.photoMoved', args });
}

/** `Put it aside`: it is kept, and used nowhere. */
export async function putPhotoAside(ctx: TapContext, at: WorkAtHand): Promise<void> {
  const photo = await photoNamed(ctx, at);
  if (photo === undefined) return await showNotHere(ctx, at);
  await at.target.putAside(ctx, at.work.id, photo.photoId);
  ctx.audit('photo.putAside', at.work, { photo: photo.photoId });
  await at.target.show(ctx, at.work.id, { key: 'line.photoPutAside' });
}

/** The word `back`, while photos stand on the working card. */
export async function sayBackInPhotos(ctx: MessageContext): Promise<void> {
  const subject = ctx.card?.subject;
  const at = await workAtHand(ctx, subject && workOf(subject));
  if (at === undefined || at.found.ended !== undefined) return showMenu(ctx);
  const chosen = subject && chosenPhoto(subject);
  if (chosen === undefined) await leavePhotos(ctx, at);
  else showPhotoList(ctx, at, chosen.from);
}

async function photoNamed(ctx: TapContext, at: WorkAtHand): Promise<PhotoAtHand | undefined> {
  const { subject } = ctx.update.params;
  const chosen = subject && chosenPhoto(subject);
  return chosen === undefined ? undefined : (await photosAtHand(ctx, at, chosen.photoId))[0];
}

/** As its check found it, and as it stands now: what backs a shop by now is of no use elsewhere (domain A.12-11). */
async function receive(
  ctx: TapContext,
  { work, target }: WorkAtHand,
  photo: PhotoAtHand,
): Promise<Received | undefined> {
  const { photoId, sentAt: at, isoId, contentHash: sha256, originalHash, found } = photo;
  const verdict = { ok: true, sha256, ...found } as const;
  const [usedBefore] = await readAll(
    () => photoBacksAnother(isoId, originalHash, ctx.tx),
    async () => await target.beforeReceiving?.(ctx, work.id, { photoId, at }, { ...verdict, usedBefore: false }),
  );
  return await target.receive(ctx, work.id, { photoId, at }, { ...verdict, usedBefore });
}

/** The other work cannot take it: nothing moves, and the card says why. */
function stays(ctx: TapContext, shop: string, how: 'submitted' | 'discarded' | 'over' | 'full'): void {
  const { subject } = ctx.update.params;
  if (subject === undefined) return;
  ctx.show({ view: 'photos.move', subject, line: { key: 'line.photoNotMoved', args: { ...namedShop(shop), how } } });
}

function pageOf(named: string | undefined): number {
  return /^\d{1,3}$/.test(named ?? '') ? Math.max(1, Number(named)) : 1;
}
