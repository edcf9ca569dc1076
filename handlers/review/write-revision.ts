import type { StoredDraft } from '../../models/drafts.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItem, changeItems, findItem, itemsOfStores, posmRef } from '../../models/items.ts';
import { deployPhotos, type PhotoBacking } from '../../models/photos.ts';
import type { Promotion } from '../../models/promotions.ts';
import { readAll } from '../../models/read-together.ts';
import { reviseSpot } from '../../models/spots.ts';
import { findStore, findStoreByKey, reviseStore } from '../../models/stores.ts';
import { addSubmissions } from '../../models/submissions.ts';
import { openTasksAt } from '../../models/task-lists.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LineFacts } from '../../src/daily/submission-line.ts';
import { storeKey } from '../../src/domain/store-key.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { type Submission, toRevisedSpot, toRevisedStore } from '../../src/flow/engine.ts';
import { notePromoter } from '../inspection/note-promoter.ts';
import { flaggedRows, readFlags } from '../photos/flagged-row.ts';
import { bindSpotCodes } from '../promotion/bind-spot-codes.ts';
import { type LineHead, posmLine, type SpotWithId, spotLine, storeLine } from '../promotion/hand-over-lines.ts';
import { backing, spotFacts } from '../promotion/write-promotion.ts';
import { identified, storeFacts } from '../promotion/write-store.ts';
import { readFailed } from './failed-item.ts';

/**
 * Writes what a modification changed as the next revision of its item, and of nothing else; `false` while something is missing.
 * The revision that failed stays handed over as it was (domain A.12-5).
 */
export async function writeRevision(ctx: TapContext, draft: Draft, item: Item, promotion: Promotion): Promise<boolean> {
  const spot = item.spotId === undefined ? undefined : toRevisedSpot(draft);
  const store = item.spotId === undefined ? toRevisedStore(draft) : undefined;
  if (spot === undefined && store === undefined) return false;
  const { number: promotionNumber, product } = promotion;
  const head = {
    promotionNumber,
    product,
    isoId: item.isoId,
    staffRef: ctx.person.userId,
    storeRef: item.storeId,
    submittedAt: ctx.now,
  };
  if (store !== undefined) await reviseStoreItem(ctx, item, store, head);
  else if (spot !== undefined && item.spotId !== undefined) {
    await reviseSpotItem(ctx, item, { ...spot, spotId: item.spotId }, head);
  }
  await notePromoter(ctx, item, ctx.person.userId);
  ctx.submitted();
  return true;
}

/** Reads what sending an item again will ask for, as far as its draft tells that. */
export async function readWhatIsRevised(
  { person, tx }: TapContext,
  { draft, isoId }: Pick<StoredDraft, 'draft' | 'isoId'>,
): Promise<void> {
  const { modifies, storeId } = draft;
  if (modifies === undefined || storeId === undefined) return;
  const { itemType, spotId } = modifies;
  const spot = spotId === undefined ? undefined : toRevisedSpot(draft);
  const store = spotId === undefined ? toRevisedStore(draft) : undefined;
  const revised = [spot, store?.store].flatMap((one) => one ?? []);
  await readAll(
    () => readFailed({ itemType, spotId, storeId, staffId: person.userId }, tx),
    () => readFlags({ tx }, isoId, revised),
    () => openTasksAt({ isoId, storeId }, tx),
    async () => (spotId === undefined ? undefined : await findItem(posmRef(spotId), tx)),
    async () => (store === undefined ? undefined : await findStoreByKey(isoId, storeKey(identified(store.store)), tx)),
  );
}

async function reviseStoreItem(
  ctx: TapContext,
  item: Item,
  revised: Pick<Submission, 'store' | 'merchant'>,
  head: LineHead,
): Promise<void> {
  const { tx } = ctx;
  const { storeId, itemRef, isoId } = item;
  const { store } = revised;
  const again = await sendAgain(ctx, item, { shop: store.nameLocal });
  const key = storeKey(identified(store));
  const versionOf = (await findStore(storeId, tx))?.versionOf;
  const isFree = versionOf === undefined && (await findStoreByKey(isoId, key, tx)) === undefined;
  await reviseStore(storeId, { ...storeFacts(revised), normalizedKey: isFree ? key : undefined }, tx);
  if (store.nameLocal !== item.shop) await rename(ctx, item, store.nameLocal);
  const line = { ...head, storeRef: versionOf ?? storeId };
  const lines = [storeLine(line, { itemRef, revision: again.revision }, revised)];
  await handOver(ctx, item, lines, backing(storeId, store.photos));
}

/** Its spots are called by the name on the sign, too. */
async function rename(ctx: TapContext, { itemRef, storeId }: Item, shop: string): Promise<void> {
  const others = (await itemsOfStores([storeId], ctx.tx)).filter((other) => other.itemRef !== itemRef);
  await changeItems(
    others.map((item) => ({ item, change: { shop } })),
    ctx.tx,
  );
}

async function reviseSpotItem(ctx: TapContext, item: Item, spot: SpotWithId, head: LineHead): Promise<void> {
  const { tx } = ctx;
  const { isoId, storeId } = item;
  const { spotId, spotType, number, photos } = spot;
  const again = await sendAgain(ctx, item, { spotType, number });
  const backings = backing(spotId, photos);
  const isSpot = item.itemType === 'SPOT';
  const posm = isSpot ? await findItem(posmRef(spotId), tx) : again;
  await reviseSpot(
    spotId,
    {
      ...spotFacts(spot),
      deployedAt: photos[0]?.at ?? ctx.now,
      revision: isSpot ? again.revision : item.revision,
    },
    tx,
  );
  const isOtherCode = await bindSpotCodes(ctx, [spot], { storeId, isoId, product: head.product });
  if (!isSpot || posm === undefined) {
    const line = isSpot ? spotLine(head, again.revision, spot) : posmLine(head, again.revision, spot);
    return await handOver(ctx, item, [line], backings);
  }
  // what was judged there does not stand there any more
  if (isOtherCode) {
    const posmAgain = await sendAgain(ctx, posm, { spotType, number });
    const lines = [spotLine(head, again.revision, spot), posmLine(head, posmAgain.revision, spot)];
    return await handOver(ctx, item, lines, backings);
  }
  if (posm.spotType !== spotType || posm.number !== number) await changeItem(posm, { spotType, number }, tx);
  await handOver(ctx, item, [spotLine(head, again.revision, spot)], backings);
}

function sendAgain(
  ctx: TapContext,
  item: Item,
  change: { shop?: string | undefined; spotType?: string | undefined; number?: number | undefined },
) {
  const revision = item.revision + 1;
  const sent = { state: 'PENDING', revision, submittedAt: ctx.now, deadlineAt: null } as const;
  return changeItem(item, { ...change, ...sent, staffId: ctx.person.userId }, ctx.tx);
}

async function handOver(
  ctx: TapContext,
  { isoId, programme }: Item,
  lines: readonly LineFacts[],
  backings: readonly PhotoBacking[],
): Promise<void> {
  const policy = ctx.person.policy?.version;
  const rows = await flaggedRows(ctx, lines, backings);
  await deployPhotos(backings, ctx.tx);
  await addSubmissions(
    rows.map((row) => ({ ...row, isoId, programme, policy, submittedAt: ctx.now })),
    ctx.tx,
  );
}
