import { activeBinding, bindCode, releaseBinding } from '../../models/bindings.ts';
import type { StoredDraft } from '../../models/drafts.ts';
import { photoBacks } from '../../models/photos.ts';
import { addPromotion, numberIsTaken } from '../../models/promotions.ts';
import { addSpots } from '../../models/spots.ts';
import { addStore, findStore, findStoreByKey, reviseStore } from '../../models/stores.ts';
import { addSubmissions } from '../../models/submissions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LineValues, outgoingRow, submissionLines } from '../../src/daily/submission-line.ts';
import { marketingCodeHash } from '../../src/domain/marketing-code.ts';
import { storeKey } from '../../src/domain/store-key.ts';
import type { Submission, SubmittedSpot } from '../../src/flow/engine.ts';

const SPOKEN_LENGTH = 4;
const FIRST_REVISION = 1;

type WithId = SubmittedSpot & { readonly spotId: string };

/** Writes a submitted promotion as revision 1, all in the tap's transaction; answers its id. */
export async function writePromotion(ctx: TapContext, stored: StoredDraft, submission: Submission): Promise<string> {
  const { tx, ids, now } = ctx;
  const { isoId, userId: staffId, product } = stored;
  const promotionId = ids.next();
  const number = await freeNumber(ctx);
  const store = await writeStore(ctx, stored, submission);
  const spots: WithId[] = submission.spots.map((spot) => ({ ...spot, spotId: ids.next() }));
  await addPromotion(
    {
      ...{ promotionId, number, version: 1, isoId, staffId, product, storeId: store.storeId },
      ...{ storeName: submission.store.nameLocal, spotCount: spots.length, state: 'SUBMITTED' },
      ...{ revision: FIRST_REVISION, submittedAt: now },
    },
    tx,
  );
  await addSpots(
    spots.map(({ spotId, spotType, number: label, posmForm, quantity, fixedSecurely, context, closeup }) => ({
      ...{
        spotId,
        promotionId,
        storeId: store.storeId,
        isoId,
        staffId,
        product,
        spotType,
        number: label,
        fixedSecurely,
      },
      ...(posmForm !== undefined && { posmForm }),
      quantity,
      ...{ contextPhoto: context.photoId, closeupPhoto: closeup.photoId, deployedAt: context.at },
      ...{ revision: FIRST_REVISION, reviewState: 'PENDING' as const },
    })),
    tx,
  );
  for (const spot of spots) await bind(ctx, spot, store.storeId, isoId);
  await photoBacks(submission.store.storefront.photoId, `${store.storeId}/storefront`, tx);
  for (const { spotId, context, closeup } of spots) {
    await photoBacks(context.photoId, `${spotId}/context`, tx);
    await photoBacks(closeup.photoId, `${spotId}/closeup`, tx);
  }
  const lines = submissionLines({
    ...{ promotionNumber: number, product, isoId, staffRef: staffId, submittedAt: now, storeRef: store.storeId },
    store: { revision: store.revision, ...storeItem(submission) },
    spots: spots.map((spot) => ({ itemRef: spot.spotId, revision: FIRST_REVISION, ...spotItem(spot) })),
  });
  await addSubmissions(
    lines.map((line) => ({ ...outgoingRow(line), isoId, promotionId, submittedAt: now })),
    tx,
  );
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

async function writeStore(
  ctx: TapContext,
  stored: StoredDraft,
  { store, merchant }: Submission,
): Promise<{ storeId: string; revision: number }> {
  const { isoId } = stored;
  const normalizedKey = storeKey(store);
  const chosen = store.storeId === undefined ? undefined : await findStore(store.storeId, ctx.tx);
  const known = chosen?.isoId === isoId ? chosen : await findStoreByKey(isoId, normalizedKey, ctx.tx);
  const { nameLocal, address, city, countryRegion, acceptsOnlyAlipay } = store;
  const facts = {
    ...{ nameLocal, address, city, countryRegion, acceptsOnlyAlipay },
    details: { managerName: store.managerName, more: store.more, merchant: { ...merchant } },
  };
  if (known !== undefined) {
    await reviseStore(known.storeId, facts, ctx.tx);
    return { storeId: known.storeId, revision: known.revision + 1 };
  }
  const storeId = ctx.ids.next();
  await addStore(
    { storeId, isoId, createdBy: stored.userId, createdAt: ctx.now, normalizedKey, revision: FIRST_REVISION, ...facts },
    ctx.tx,
  );
  return { storeId, revision: FIRST_REVISION };
}

/** A spot of a product without codes has none to bind (A.12-2). A code that moves here leaves its old spot first; only then may it be active again (A.12-1). */
async function bind(ctx: TapContext, { spotId, code, closeup }: WithId, storeId: string, isoId: string): Promise<void> {
  if (code === undefined) return;
  const { tx, now, ids, person } = ctx;
  const codeHash = marketingCodeHash(code);
  const old = code.ownership === 'move' ? await activeBinding(codeHash, tx) : undefined;
  if (old?.isoId === isoId) await releaseBinding(old.bindingId, person.userId, now, tx);
  await bindCode(
    {
      ...{ bindingId: ids.next(), codeHash, codeId: code.codeId, isoId, spotId, storeId },
      ...{ boundBy: person.userId, boundAt: now, method: code.method, proofPhoto: closeup.photoId },
    },
    tx,
  );
}

function storeItem({ store, merchant }: Submission) {
  const { storefront, storeId: _id, more, ...values } = store;
  const { licence, more: moreOfMerchant, ...business } = merchant;
  return {
    values: { ...values, ...more } as LineValues,
    merchant: { ...business, ...moreOfMerchant } as LineValues,
    photos: [
      { role: 'storefront', sha256: storefront.sha256 },
      ...(licence === undefined ? [] : [{ role: 'licence', sha256: licence.sha256 }]),
    ],
  };
}

function spotItem({ spotType, number, posmForm, quantity, fixedSecurely, code, context, closeup }: SubmittedSpot) {
  return {
    values: {
      ...{ spotType, number, ...(posmForm !== undefined && { posmForm }), quantity, fixedSecurely },
      deployedAt: new Date(context.at).toISOString(),
    } as LineValues,
    ...(code !== undefined && { code: { payload: code.canonicalUrl, method: code.method } }),
    photos: [
      { role: 'context', sha256: context.sha256 },
      { role: 'closeup', sha256: closeup.sha256 },
    ],
  };
}
