import { present } from '@field/kit/present';
import type { StoredDraft } from '../../models/drafts.ts';
import { addItems, changeItem, findItem, posmRef } from '../../models/items.ts';
import { inSlots } from '../../models/photo-in-slot.ts';
import { deployPhoto } from '../../models/photos.ts';
import { addPromotion, numberIsTaken } from '../../models/promotions.ts';
import { noteSubmitted } from '../../models/sites.ts';
import { addSpots } from '../../models/spots.ts';
import { addStore, findStore, findStoreByKey, reviseStore, type Store, versionBy } from '../../models/stores.ts';
import { addSubmissions } from '../../models/submissions.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { OutgoingRow } from '../../src/daily/submission-line.ts';
import { type StoreIdentity, storeKey } from '../../src/domain/store-key.ts';
import type { Submission, SubmittedPhoto, SubmittedSpot } from '../../src/flow/engine.ts';
import { notePromoter } from '../inspection/note-promoter.ts';
import { flaggedRow } from '../photos/flagged-row.ts';
import { bindSpotCodes } from './bind-spot-codes.ts';
import { posmLine, type SpotWithId, spotLine, storeLine } from './hand-over-lines.ts';
import type { SubmittedSite } from './sites.ts';
import { noteWhatWasPaid, paymentsOfPromotion } from './write-payments.ts';

const SPOKEN_LENGTH = 4;
const FIRST_REVISION = 1;

/** The store as this submission leaves it. */
interface WrittenStore {
  /** The shop, of which the spots are. */
  readonly storeId: string;
  /** What is reviewed, and in which revision. */
  readonly itemRef: string;
  readonly revision: number;
}

/** Writes a submitted promotion, its spots and POSMs as revision 1, all in the tap's transaction; answers its id. */
export async function writePromotion(
  ctx: TapContext,
  stored: StoredDraft,
  submission: Submission,
  site?: SubmittedSite,
): Promise<string> {
  const { tx, ids, now } = ctx;
  const { isoId, staffId, product, programme } = stored;
  const ownerId = ctx.person.userId;
  const promotionId = ids.next();
  const number = await freeNumber(ctx);
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
  for (const spot of spots) await bindSpotCodes(ctx, spot, { storeId, isoId, product });
  await beginReviews(ctx, { isoId, staffId, ownerId, storeId, product, programme, shop: nameLocal }, spots);
  await noteWhatPhotosBack(ctx, submission, store.itemRef, spots);
  const head = { promotionNumber: number, product, isoId, staffRef: staffId, storeRef: storeId, submittedAt: now };
  await noteWhatWasPaid(ctx, stored, store);
  const lines = [
    storeLine(head, store, submission, paid),
    ...spots.flatMap((spot) => [spotLine(head, FIRST_REVISION, spot), posmLine(head, FIRST_REVISION, spot)]),
  ];
  const rows: OutgoingRow[] = [];
  for (const line of lines) rows.push(await flaggedRow(ctx, line));
  await addSubmissions(
    rows.map((row) => ({ ...row, isoId, programme, policy: stored.policy?.version, submittedAt: now })),
    tx,
  );
  await notePromoter(ctx, { isoId, storeId }, staffId, ownerId);
  ctx.submitted();
  ctx.audit('promotion.submit', { kind: 'promotion', id: promotionId }, { spots: spots.length });
  return promotionId;
}

/** `P-7K3M`, one that nobody has. */
async function freeNumber(ctx: TapContext): Promise<string> {
  for (;;) {
    const number = `P-${ctx.ids.spoken(SPOKEN_LENGTH)}`;
    if (!(await numberIsTaken(number, ctx.tx))) return number;
  }
}

/** The store with what was said of it, and its review: begun, or begun again for a shop that is known. */
async function writeStore(
  ctx: TapContext,
  stored: StoredDraft,
  { store, merchant }: Submission,
): Promise<WrittenStore> {
  const { tx, now } = ctx;
  const { isoId, staffId, programme } = stored;
  const ownerId = ctx.person.userId;
  const normalizedKey = storeKey(identified(store));
  const chosen = store.storeId === undefined ? undefined : await findStore(store.storeId, tx);
  const shop = chosen?.versionOf === undefined ? chosen : await findStore(chosen.versionOf, tx);
  const known = shop?.isoId === isoId ? shop : await findStoreByKey(isoId, normalizedKey, tx);
  const { nameLocal } = store;
  const facts = storeFacts({ store, merchant });
  if (known === undefined) {
    const storeId = ctx.ids.next();
    const made = { storeId, isoId, createdBy: staffId, createdAt: now, normalizedKey, revision: FIRST_REVISION };
    await addStore({ ...made, ...facts }, tx);
    const item = { ...noSpot, itemRef: storeId, itemType: 'STORE', isoId, storeId, shop: nameLocal } as const;
    await addItems([{ ...item, staffId, ownerId, programme, revision: FIRST_REVISION, submittedAt: now }], tx);
    return { storeId, itemRef: storeId, revision: FIRST_REVISION };
  }
  const { storeId } = known;
  const whose = { staffId, ownerId, programme };
  const item = await findItem(storeId, tx);
  // what a colleague has approved stays theirs, as it was approved
  if (item?.state === 'APPROVED' && item.staffId !== staffId) {
    return { storeId, ...(await writeVersion(ctx, known, facts, whose)) };
  }
  return { storeId, ...(await reviseKnown(ctx, known, facts, whose)) };
}

/** Whose it is, and under which version of the programme it is made. */
interface Whose {
  readonly staffId: string;
  readonly ownerId: string;
  readonly programme: number;
}

type WrittenItem = Omit<WrittenStore, 'storeId'>;

/** Another revision of what was said of a shop, to be reviewed again. */
async function reviseKnown(ctx: TapContext, known: Store, facts: StoreFacts, whose: Whose): Promise<WrittenItem> {
  const { tx, now } = ctx;
  const { storeId: itemRef } = known;
  await reviseStore(itemRef, facts, tx);
  const revision = known.revision + 1;
  const item = await findItem(itemRef, tx);
  if (item !== undefined) {
    // what is approved stays so until somebody decides otherwise: other spots' fees hang on it
    const state = item.state === 'APPROVED' ? item.state : 'PENDING';
    const again = { state, revision, submittedAt: now, shop: facts.nameLocal, deadlineAt: null } as const;
    await changeItem(item, { ...again, ...whose, formerId: null }, tx);
    ctx.touch({ kind: 'item', id: itemRef });
  }
  return { itemRef, revision };
}

/** What this person says of a shop that a colleague has approved, beside it: with a review of its own, and none of the fees. */
async function writeVersion(ctx: TapContext, shop: Store, facts: StoreFacts, whose: Whose): Promise<WrittenItem> {
  const { tx, now } = ctx;
  const before = await versionBy(whose.staffId, shop.storeId, tx);
  if (before !== undefined) return await reviseKnown(ctx, before, facts, whose);
  const { isoId, storeId: versionOf, normalizedKey } = shop;
  const itemRef = ctx.ids.next();
  const made = {
    storeId: itemRef,
    versionOf,
    isoId,
    createdBy: whose.staffId,
    createdAt: now,
    revision: FIRST_REVISION,
  };
  await addStore({ ...made, normalizedKey: `${normalizedKey}|${itemRef}`, ...facts }, tx);
  const item = { ...noSpot, itemRef, itemType: 'STORE', isoId, storeId: itemRef, shop: facts.nameLocal } as const;
  await addItems([{ ...item, ...whose, revision: FIRST_REVISION, submittedAt: now }], tx);
  return { itemRef, revision: FIRST_REVISION };
}

const noSpot = { spotId: undefined, product: undefined, spotType: undefined, number: undefined } as const;

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

async function noteWhatPhotosBack(
  { tx }: TapContext,
  { store }: Submission,
  storeRef: string,
  spots: readonly SpotWithId[],
): Promise<void> {
  await photosBack(storeRef, store.photos, tx);
  for (const { spotId, photos } of spots) await photosBack(spotId, photos, tx);
}

/** One photo backs one store or slot inside an ISO (domain A.12-11); one that may be left out may show what several shops share. */
export async function photosBack(itemRef: string, photos: readonly SubmittedPhoto[], tx: Transaction): Promise<void> {
  for (const { slot, photoId, required } of photos) if (required) await deployPhoto(photoId, `${itemRef}/${slot}`, tx);
}

/** What is not asked is nobody's difference. */
export function identified({ nameLocal, address = '', countryRegion }: Submission['store']): StoreIdentity {
  return { nameLocal, address, countryRegion };
}

type StoreFacts = Omit<
  Store,
  'storeId' | 'isoId' | 'createdBy' | 'createdAt' | 'normalizedKey' | 'revision' | 'versionOf'
>;

/** What a submission says of a store, as it is kept. */
export function storeFacts({ store, merchant }: Pick<Submission, 'store' | 'merchant'>): StoreFacts {
  const { nameLocal, address = '', city = '', countryRegion, acceptsOnlyAlipay, photos, managerName, more } = store;
  return {
    nameLocal,
    address,
    city,
    countryRegion,
    acceptsOnlyAlipay,
    photos: inSlots(photos),
    details: present({ managerName, more, merchant }),
  };
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
