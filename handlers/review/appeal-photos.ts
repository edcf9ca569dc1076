import { PHOTO_REFUSED } from '../../cards/photos/photo-refused.ts';
import type { TextKey } from '../../cards/text-key.ts';
import { changeAppeal, type Evidence, findAppeal } from '../../models/appeals.ts';
import { findItem } from '../../models/items.ts';
import type { AppealState } from '../../src/domain/appeal-state.ts';
import { MOST_EVIDENCE } from '../../src/domain/appeal-statement.ts';
import type { PhotoVerdict } from '../../src/flow/engine.ts';
import { wasInHand } from '../hand-over/in-hand.ts';
import { type PhotoTarget, showChecked } from '../photos/photo-target.ts';
import type { PhotoWork } from '../photos/photo-work.ts';
import { appealedItem, writtenAppeal } from './appeal-at-hand.ts';
import { capturesAppeal } from './capture-appeal.ts';
import { nameOf } from './item-model.ts';
import { movesAppealPhotos } from './move-appeal-photos.ts';

/** An appeal whose time is over while it is written is over; one that was sent is submitted. */
const ENDED: Readonly<Partial<Record<AppealState, PhotoWork['ended']>>> = {
  DRAFT: 'over',
  EXPIRED: 'over',
  WITHDRAWN: 'discarded',
};

/** Photos that help an appeal: up to five, of anything; also one that backs a store or a spot already. */
export const appealPhotos: PhotoTarget = {
  ...movesAppealPhotos,
  ...capturesAppeal,

  async find(asking, id, sentAt) {
    const found = await appealedItem(id, asking.tx);
    const { person } = asking;
    if (found === undefined || found.appeal.isoId !== person.isoId || !wasInHand(person, found.appeal, sentAt))
      return undefined;
    const { appeal, item } = found;
    const name = nameOf(item);
    const spot = name.kind === 'store' ? undefined : name.spot;
    const isWritten = (await writtenAppeal(asking, id)) !== undefined;
    const ended = isWritten ? undefined : (ENDED[appeal.state] ?? 'submitted');
    return { id, shop: item.shop, doing: 'appeal', spot, isoId: appeal.isoId, version: appeal.version, ended };
  },

  async expect(ctx, id, photos) {
    const appeal = await writtenAppeal(ctx, id);
    if (appeal === undefined) return undefined;
    const { evidence, nextPhoto, isoId, appealId } = appeal;
    // more than there is room for is looked at all the same: one before it may turn out to be of no use
    const room = Math.max(0, MOST_EVIDENCE - evidence.length);
    const reserved = [...evidence, ...photos.slice(0, room).map(({ photoId }) => ({ photoId }))];
    await changeAppeal(appeal, { evidence: reserved, nextPhoto: nextPhoto + photos.length, note: null }, ctx.tx);
    const about = { kind: 'appeal', id: appealId } as const;
    return { about, isoId, firstSeq: nextPhoto, content: { view: 'review.appeal', subject: about } };
  },

  async checked(ctx, appealId, photo, verdict) {
    const { photoId } = photo;
    const appeal = await findAppeal(appealId, ctx.tx);
    if (appeal?.state !== 'DRAFT') return;
    const { evidence, note } = judged(appeal.evidence, photoId, verdict);
    await changeAppeal(appeal, { evidence, note }, ctx.tx);
    const shop = (await findItem(appeal.itemRef, ctx.tx))?.shop ?? '';
    const about = { subject: { kind: 'appeal', id: appealId }, shop } as const;
    showChecked(ctx, about, photo, note === undefined ? undefined : { key: note });
  },
};

/** The photos with what the check of one of them found, and why it was not taken. */
function judged(
  evidence: readonly Evidence[],
  photoId: string,
  verdict: PhotoVerdict,
): { evidence: readonly Evidence[]; note?: TextKey | undefined } {
  const others = evidence.filter((one) => one.photoId !== photoId);
  if (!verdict.ok) return { evidence: others, note: PHOTO_REFUSED[verdict.reason] };
  const { sha256 } = verdict;
  if (others.some((one) => one.sha256 === sha256)) return { evidence: others, note: 'note.samePhoto' };
  if (others.length >= MOST_EVIDENCE) return { evidence: others, note: 'note.onePhotoTooMany' };
  const place = evidence.findIndex((one) => one.photoId === photoId);
  const kept = { photoId, sha256 };
  return { evidence: place < 0 ? [...others, kept] : evidence.with(place, kept) };
}
