import type { StoredDraft } from '../../models/drafts.ts';
import { addItems, posmRef } from '../../models/items.ts';
import { inSlots } from '../../models/photo-in-slot.ts';
import { deployPhotos, type PhotoBacking } from '../../models/photos.ts';
import { addPromotion, numberIsTaken } from '../../models/promotions.ts';
import { noteSubmitted } from '../../models/sites.ts';
import { addSpots } from '../../models/spots.ts';
import { addSubmissions } from '../../models/submissions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { Submission, SubmittedPhoto, SubmittedSpot } from '../../src/flow/engine.ts';
import { notePromoter } from '../inspection/note-promoter.ts';
import { flaggedRows } from '../photos/flagged-row.ts';
import { bindSpotCodes } from './bind-spot-codes.ts';
import { posmLine, type SpotWithId, spotLine, storeLine } from './hand-over-lines.ts';
import type { SubmittedSite } from './sites.ts';
import { noteWhatWasPaid, paymentsOfPromotion } from './write-payments.ts';
import { FIRST_REVISION, type Whose, writeStore } from './write-store.ts';

const SPOKEN_LENGTH = 4;

/** Writes a submitted promotion, its spots and POSMs as revision 1, all in the tap's transaction; answers its id. */
export async function writePromotion(
  ctx: TapContext,
  stored: StoredDraft,
  submission: Submission,
  { number, site }: { readonly number: string; readonly site?: SubmittedSite | undefined },
): Promise<string> {
  const { tx, ids, now } = ctx;
  const { isoId, staffId, product, programme } = stored;
  const ownerId = ctx.person.userId;
  const promotionId = ids.next();
  const { nameLocal } = submission.store;
  const store = await writeStore(ctx, stored, submission);
  const { storeId } = store;
  if (site !== undefined) {
    await noteSubmitted(site, { itemRef: store.itemRef, submittedAt: now, isOver: site.isOver }, tx);
  }
  const paid = await paymentsOfPromotion(ctx, stored);
  const spots: SpotWithId[] = submission.spots.map((spot) => ({ ...spot, spotId: ids.next() }));
  await addPromotion(
    {
      promotionId,
      number,
      version: 1,
      isoId,
      staffId,
      submittedBy: ownerId === staffId ? undefined : ownerId,
      product,
      storeId,
      storeName: nameLocal,
      spotCount: spots.length,
      policy: stored.policy,
      payments: paid.kept,
      revision: FIRST_REVISION,
      submittedAt: now,
    },
    tx,
  );
  await addSpots(
    spots.map((spot) => ({
      ...spotFacts(spot),
      spotId: spot.spotId,
      promotionId,
      storeId,
      isoId,
      staffId,
      product,
      deployedAt: spot.photos[0]?.at ?? now,
      revision: FIRST_REVISION,
    })),
    tx,
  );
  await bindSpotCodes(ctx, spots, { storeId, isoId, product, isNew: true });
  await beginReviews(ctx, { isoId, staffId, ownerId, storeId, product, programme, shop: nameLocal }, spots);
  const head = { promotionNumber: number, product, isoId, staffRef: staffId, storeRef: storeId, submittedAt: now };
  const lines = [
    storeLine(head, store, submission, paid),
    ...spots.flatMap((spot) => [spotLine(head, FIRST_REVISION, spot), posmLine(head, FIRST_REVISION, spot)]),
  ];
  const backings = whatPhotosBack(submission, store.itemRef, spots);
  const rows = await flaggedRows(ctx, lines, backings);
  await deployPhotos(backings, tx);
  await noteWhatWasPaid(ctx, stored, store);
  await addSubmissions(
    rows.map((row) => ({ ...row, isoId, programme, policy: stored.policy?.version, submittedAt: now })),
    tx,
  );
  if (!store.isNew) await notePromoter(ctx, { isoId, storeId }, staffId, ownerId);
  ctx.submitted();
  ctx.audit('promotion.submit', { kind: 'promotion', id: promotionId }, { spots: spots.length, draft: stored.draftId });
  return promotionId;
}

/** `P-7K3M`, one that nobody has. */
export async function freeNumber(ctx: TapContext): Promise<string> {
  for (;;) {
    const number = `P-${ctx.ids.spoken(SPOKEN_LENGTH)}`;
    if (!(await numberIsTaken(number, ctx.tx))) return number;
  }
}

async function beginReviews(
  ctx: TapContext,
  whose: Whose & { isoId: string; storeId: string; product: string; shop: string },
  spots: readonly SpotWithId[],
): Promise<void> {
  const { now, tx } = ctx;
  await addItems(
    spots.flatMap(({ spotId, spotType, number }) => {
      const item = { ...whose, spotId, spotType, number, revision: FIRST_REVISION, submittedAt: now };
      return [
        { ...item, itemRef: spotId, itemType: 'SPOT' as const },
        { ...item, itemRef: posmRef(spotId), itemType: 'POSM' as const },
      ];
    }),
    tx,
  );
}

function whatPhotosBack(
  { store }: Submission,
  storeRef: string,
  spots: readonly SpotWithId[],
): readonly PhotoBacking[] {
  return [...backing(storeRef, store.photos), ...spots.flatMap(({ spotId, photos }) => backing(spotId, photos))];
}

/** One photo backs one store or slot inside an ISO (domain A.12-11); one that may be left out may show what several shops share. */
export function backing(itemRef: string, photos: readonly SubmittedPhoto[]): readonly PhotoBacking[] {
  return photos.flatMap(({ slot, photoId, required }) => (required ? [{ photoId, backs: `${itemRef}/${slot}` }] : []));
}

/** What a submission says of a spot, as it is kept. */
export function spotFacts({
  spotType,
  number,
  quantity,
  fixedSecurely,
  posmForm,
  more,
  morePosm,
  photos,
}: SubmittedSpot) {
  return {
    spotType,
    number,
    quantity,
    fixedSecurely,
    posmForm,
    more: { ...more, ...morePosm },
    photos: inSlots(photos),
  };
}
