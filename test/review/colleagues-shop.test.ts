import { expect, it } from 'vitest';
import { addDraft, changeDraft, findDraft } from '../../models/drafts.ts';
import { findItem, itemsOfStores } from '../../models/items.ts';
import { changePerson } from '../../models/people.ts';
import { findPromotion } from '../../models/promotions.ts';
import { findStore, storesInCity, versionBy } from '../../models/stores.ts';
import { submissionTimes } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { feesOf } from '../../src/domain/item-fees.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { codeOwnership, expectPhoto, photoChecked } from '../../src/flow/engine.ts';
import { complete, serial } from '../flow/shop.ts';
import { giveOn } from '../handlers/hands.ts';
import { useModels } from '../models/store.ts';
import { decide, hashOf, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { onItem, onModification, tap } from './thumb.ts';

useModels(undefined);

/** A shop that Nok has promoted, and what became of it. */
async function shopOfNok(storeId: string, decision: 'APPROVED' | 'REJECTED') {
  for (const userId of ['nok', 'lek']) await hire(userId);
  await submitShop('nok', storeId, { spots: 1 });
  await decide(storeId, decision);
}

let promoted = 0;

/** The same work with photos of its own and another code. */
function anew(written: string, nth: number): string {
  return written
    .replaceAll(/"(photoId|sha256|contentHash|originalHash)":"([^"]+)"/g, `"$1":"$2-${nth}"`)
    .replaceAll(serial(0), serial(nth));
}

/** Somebody promotes that shop again, with other words about its people. */
async function promotes(userId: string, storeId: string): Promise<void> {
  promoted += 1;
  const draftId = `again-${promoted}`;
  const whole = codeOwnership(complete(1), 's1', serial(0), { kind: 'free' });
  // another visit: other photos, another code
  const draft: Draft = { ...JSON.parse(anew(JSON.stringify(whole), promoted)), storeId };
  const of = { userId, isoId: 'iso', product: 'MARKETING_CODE', updatedAt: NOW } as const;
  await inTransaction((tx) => addDraft({ ...of, draftId, storeKey: draftId, draft }, tx));
  const version = (await findDraft(draftId))?.version ?? 0;
  await tap('promotion.submitAnyway', { by: userId, params: { subject: { kind: 'draft', id: draftId }, version } });
  const { promotionId = '' } = (await findDraft(draftId)) ?? {};
  expect(await findPromotion(promotionId)).toMatchObject({ storeId, staffId: userId });
}

const versionOf = async (userId: string, storeId: string) =>
  await inTransaction((tx) => versionBy(userId, storeId, tx));

it('a shop that a colleague has approved stays theirs, and what is said of it now has a review of its own', async () => {
  await shopOfNok('stays', 'APPROVED');
  const before = [await itemOf('stays'), await findStore('stays')];
  await promotes('lek', 'stays');
  expect([await itemOf('stays'), await findStore('stays')]).toEqual(before);
  const version = await versionOf('lek', 'stays');
  expect(version?.details.managerName).not.toBe('Malee');
  const item = await findItem(version?.storeId ?? '');
  expect(item).toMatchObject({ itemType: 'STORE', state: 'PENDING', revision: 1, staffId: 'lek', ownerId: 'lek' });
  const ours = await storesInCity('iso', version?.city ?? '', 99);
  expect(ours.map(({ storeId }) => storeId)).not.toContain(version?.storeId);
});

it('its new spots earn by the shop as it was approved, each for who promoted it, and the shop once', async () => {
  await shopOfNok('earns', 'APPROVED');
  await promotes('lek', 'earns');
  const spot = (await itemsOfStores(['earns'])).find(
    ({ staffId, itemType }) => staffId === 'lek' && itemType === 'SPOT',
  );
  if (spot === undefined) throw new Error('nothing was promoted');
  await decide(spot.itemRef, 'APPROVED');
  const version = (await versionOf('lek', 'earns'))?.storeId ?? '';
  const fees = feesOf(await itemsOfStores(['earns', version]), new Set());
  expect(fees.get(spot.itemRef)).toBe('ELIGIBLE');
  expect(fees.get('earns')).toBe('ELIGIBLE');
  expect(fees.get(version)).toBe('NOT_ELIGIBLE');
});

it('who promotes it once more has the same version reviewed again', async () => {
  await shopOfNok('twice', 'APPROVED');
  await promotes('lek', 'twice');
  const first = await versionOf('lek', 'twice');
  await promotes('lek', 'twice');
  expect((await versionOf('lek', 'twice'))?.storeId).toBe(first?.storeId);
  expect(await findItem(first?.storeId ?? '')).toMatchObject({ state: 'PENDING', revision: 2, staffId: 'lek' });
});

it('a version that failed is put right from its own facts, and the shop stays as it was', async () => {
  await shopOfNok('righted', 'APPROVED');
  await promotes('lek', 'righted');
  const version = await versionOf('lek', 'righted');
  const itemRef = version?.storeId ?? '';
  const shop = await findStore('righted');
  await decide(itemRef, 'REJECTED', { reasons: ['STORE_NAME_MISMATCH'] });
  await tap('review.modify', { by: 'lek', ...(await onItem(itemRef)) });
  const { draftId } = await onModification(itemRef);
  const stored = JSON.stringify((await findDraft(draftId))?.draft);
  expect(stored).toContain(version?.details.managerName);
  expect(stored).not.toContain('Malee');
  expect(await findStore('righted')).toEqual(shop);
});

it('a version that failed is sent again by whoever it was given to, as theirs, and the shop stays as it was', async () => {
  await shopOfNok('given', 'APPROVED');
  await promotes('lek', 'given');
  for (const userId of ['dao', 'boss']) await hire(userId);
  await inTransaction((tx) => changePerson('boss', { role: 'ADMIN' }, tx));
  const itemRef = (await versionOf('lek', 'given'))?.storeId ?? '';
  const before = [await itemOf('given'), await findStore('given')];
  await decide(itemRef, 'REJECTED', { reasons: ['STOREFRONT_NIGHT'] });
  await tap('review.modify', { by: 'lek', ...(await onItem(itemRef)) });
  await giveOn('boss', `item/${itemRef}`, { what: ['all'], to: 'dao' });
  await photographs(itemRef);
  expect(await tap('review.resubmit', { by: 'lek', ...(await onModification(itemRef)) })).toBe('menu line.gone');
  await tap('review.resubmit', { by: 'dao', ...(await onModification(itemRef)) });
  expect(await findItem(itemRef)).toMatchObject({ state: 'PENDING', revision: 2, staffId: 'dao', ownerId: 'dao' });
  expect([await itemOf('given'), await findStore('given')]).toEqual(before);
  expect((await submissionTimes([`${itemRef}#2`])).size).toBe(1);
});

/** A new picture of the front, for what puts it right. */
async function photographs(itemRef: string): Promise<void> {
  const { draftId } = await onModification(itemRef);
  const photoId = `${itemRef}-new`;
  const kept = { ok: true, sha256: hashOf(photoId), weaknesses: [], codes: [] } as const;
  await inTransaction(async (tx) => {
    const stored = await findDraft(draftId, tx);
    if (stored === undefined) throw new Error('nothing puts it right');
    const draft = photoChecked(expectPhoto(stored.draft, { photoId, seq: 100, at: NOW }), photoId, kept);
    await changeDraft(stored, { draft, updatedAt: NOW }, tx);
  });
}

it('one’s own shop, and one that a colleague has not approved, are reviewed again as before', async () => {
  await shopOfNok('own', 'APPROVED');
  await promotes('nok', 'own');
  expect(await itemOf('own')).toMatchObject({ state: 'APPROVED', revision: 2, staffId: 'nok' });
  await shopOfNok('failed', 'REJECTED');
  await promotes('lek', 'failed');
  expect(await itemOf('failed')).toMatchObject({ state: 'PENDING', revision: 2, staffId: 'lek' });
});
