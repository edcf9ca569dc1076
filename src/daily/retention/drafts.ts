import { DAY_MS } from '@field/kit/calendar';
import { addAudit } from '../../../models/audit.ts';
import { touchCards } from '../../../models/cards.ts';
import { changeDraft, findDraft, forgetDraft, type StoredDraft, untouchedDrafts } from '../../../models/drafts.ts';
import { shownSubjects } from '../../../models/over-cards.ts';
import { keepPhotoFor, type StoredPhoto, storedPhotosAbout } from '../../../models/photos.ts';
import { picturesUnderWay } from '../../../models/pictures.ts';
import { findPromotion } from '../../../models/promotions.ts';
import { inTransaction } from '../../../models/transaction.ts';
import type { Retention } from '../../domain/retention.ts';
import { type PhotoRelease, releasePhotos } from './release-photos.ts';
import { pageByPage, type RetentionRule } from './rule.ts';

/** Drafts that nobody goes on with are discarded; those that are over go, with the photos that were sent for them and not submitted. */
export function draftRule({ draftsDays, cardsDays }: Retention, release: PhotoRelease): RetentionRule {
  return {
    of: 'drafts',
    async *remove(now) {
      const abandoned = now - draftsDays * DAY_MS;
      for await (const discarded of pageByPage(
        (page) => untouchedDrafts('OPEN', abandoned, page),
        (drafts) => countOf(drafts, (draft) => discardAbandoned(draft, now)),
      ))
        if (discarded > 0) yield 0;
      for (const state of ['SUBMITTED', 'DISCARDED'] as const) {
        yield* pageByPage(
          (page) => untouchedDrafts(state, now - cardsDays * DAY_MS, page),
          async (drafts) => {
            const ids = drafts.map(({ draftId }) => draftId);
            const shown = await shownSubjects('draft', ids);
            return await countOf(
              drafts.filter(({ draftId }) => !shown.has(draftId)),
              (draft) => retireDraft(draft, release),
            );
          },
        );
      }
    },
  };
}

async function countOf<T>(all: readonly T[], work: (one: T) => Promise<boolean>): Promise<number> {
  let done = 0;
  for (const one of all) if (await work(one)) done += 1;
  return done;
}

/** Unless somebody goes on with it at this very moment, or pictures for it are under way. */
async function discardAbandoned({ draftId, version }: StoredDraft, now: number): Promise<boolean> {
  const subject = { kind: 'draft', id: draftId } as const;
  return await inTransaction(async (tx) => {
    const stored = await findDraft(draftId, tx);
    if (stored?.state !== 'OPEN' || stored.version !== version) return true;
    // what puts an item right ends with the deadline of that item
    if (stored.draft.modifies !== undefined) return false;
    if ((await picturesUnderWay(subject, tx)) > 0) return false;
    await changeDraft(stored, { state: 'DISCARDED', updatedAt: now }, tx);
    await touchCards(subject, tx);
    const { isoId } = stored;
    await addAudit([{ at: now, by: 'system', isoId, what: 'promotion.abandoned', subject, cause: 'retention' }], tx);
    return true;
  });
}

/** Forgets a draft that is over, with the photos that were not submitted; `false` while pictures are under way. */
export async function retireDraft(draft: StoredDraft, release: PhotoRelease): Promise<boolean> {
  const { draftId } = draft;
  if ((await picturesUnderWay({ kind: 'draft', id: draftId })) > 0) return false;
  const stored = await storedPhotosAbout(draftId);
  const unused: StoredPhoto[] = [];
  for (const photo of stored) {
    if (photo.itemRef !== undefined) continue;
    const itemRef = await submittedFor(draft, photo.photoId);
    if (itemRef === undefined) unused.push(photo);
    else await keepPhotoFor(photo.photoId, itemRef);
  }
  if ((await releasePhotos(unused, release)) < unused.length) return false;
  return (await inTransaction((tx) => forgetDraft(draftId, tx))) > 0;
}

/** The store whose licence a photo shows that was submitted and backs nothing; undefined for one that was not used. */
async function submittedFor({ draft, state, promotionId }: StoredDraft, photoId: string): Promise<string | undefined> {
  const where = draft.photos.find((photo) => photo.photoId === photoId)?.where;
  if (state !== 'SUBMITTED' || where?.kind !== 'slot') return undefined;
  if (draft.modifies?.itemType === 'STORE') return draft.modifies.itemRef;
  return promotionId === undefined ? undefined : (await findPromotion(promotionId))?.storeId;
}
