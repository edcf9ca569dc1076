import { beforeEach, expect, it } from 'vitest';
import { loadCard } from '../../handlers/views.ts';
import type { Card } from '../../models/cards.ts';
import { changeDraft, findDraft } from '../../models/drafts.ts';
import { changeItem, findItem } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { answer, expectPhoto, photoChecked } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import { DAY_MS, decide, hashOf, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { onAppeal, onItem, onModification, tap } from './thumb.ts';

useModels(undefined);
let shop = 0;
let spot = '';
beforeEach(async () => {
  shop += 1;
  spot = `hands${shop}-1`;
  for (const userId of ['nok', 'lek', 'dao']) await hire(userId);
  await submitShop('nok', `hands${shop}`, { spots: 1 });
});

const give = async (itemRef: string, to: string | null) => {
  const item = await itemOf(itemRef);
  const hands = { ownerId: to, formerId: item.ownerId };
  await inTransaction((tx) => changeItem(item, hands, tx));
};

/** Says and sends everything that is asked again. */
async function putRight(itemRef: string): Promise<void> {
  const { draftId } = await onModification(itemRef);
  await inTransaction(async (tx) => {
    const stored = await findDraft(draftId, tx);
    if (stored === undefined) throw new Error('no draft');
    const values = { fixedSecurely: 'true' };
    const said = answer(stored.draft, { step: 'spots', spot: 's1', part: 'main', values }).draft;
    const photoId = `${itemRef}-new`;
    const kept = { ok: true, sha256: hashOf(photoId), weaknesses: [], codes: [] } as const;
    const draft = photoChecked(expectPhoto(said, { photoId, seq: 100, at: NOW }), photoId, kept);
    await changeDraft(stored, { draft, updatedAt: NOW }, tx);
  });
}

/** What a view shows to somebody. */
async function seen(userId: string, view: Card['view'], id: string, at = NOW) {
  const viewer = await findPerson(userId);
  if (viewer === undefined) throw new Error(`no person ${userId}`);
  const subject = { kind: view === 'review.item' ? 'item' : 'resultList', id } as const;
  const card = { outTrackId: 'card', kind: 'working', view, subject, viewer: userId, inGroup: false } as const;
  return await loadCard({ ...card, wanted: 1, formOpen: false, delivered: true }, viewer, at);
}

it('an item is put right by whoever has it in hand, who is the author of what they send; its author reads how it stands', async () => {
  await decide(spot, 'REJECTED');
  await give(spot, 'lek');
  expect(await tap('review.modify', await onItem(spot))).toBe('menu line.gone');
  expect(await tap('review.open', await onItem(spot))).toBe('review.item');
  expect(await seen('nok', 'review.item', spot)).toMatchObject({ model: { inHandOf: 'lek' } });
  expect(await seen('lek', 'review.item', spot)).toMatchObject({ model: { promotedBy: 'nok' } });
  expect(await seen('dao', 'review.item', spot)).toMatchObject({ name: 'notice' });
  expect(await tap('review.modify', { ...(await onItem(spot)), by: 'lek' })).toBe('promotion');
  await putRight(spot);
  await tap('review.resubmit', { ...(await onModification(spot)), by: 'lek' });
  expect(await findItem(spot)).toMatchObject({ state: 'PENDING', revision: 2, staffId: 'lek', ownerId: 'lek' });
});

it('an appeal of an item that was given on is written, sent and withdrawn by whoever has it in hand', async () => {
  await decide(spot, 'REJECTED');
  await give(spot, 'lek');
  await tap('review.appeal', { ...(await onItem(spot)), by: 'lek' });
  const { appealId: _, ...why } = await onAppeal(spot);
  expect(await tap('review.appealSay', why)).toBe('menu line.gone');
  const said = { ...why, params: { ...why.params, form: { why: 'It is fixed.' } } };
  expect(await tap('review.appealSay', { ...said, by: 'lek' })).toBe('review.appeal');
  const { appealId: __, ...sent } = await onAppeal(spot);
  expect(await tap('review.sendAppeal', { ...sent, by: 'lek' })).toBe('review.appealSent');
});

it('an appeal that is begun and not sent is listed as that, until it is sent or the deadline has passed', async () => {
  await decide(spot, 'REJECTED');
  const row = async (at = NOW) => {
    const { model } = (await seen('nok', 'review.shop', `week/hands${shop}/1`, at)) as {
      model: { rows: readonly object[] };
    };
    return model.rows.find((one) => 'itemRef' in one && one.itemRef === spot);
  };
  await tap('review.appeal', await onItem(spot));
  expect(await row()).toMatchObject({ state: 'APPEALING', unsent: true });
  expect(await row(NOW + 4 * DAY_MS)).toMatchObject({ state: 'LAPSED', unsent: undefined });
  const { appealId: _, ...why } = await onAppeal(spot);
  await tap('review.appealSay', { ...why, params: { ...why.params, form: { why: 'It is fixed.' } } });
  const { appealId: __, ...sent } = await onAppeal(spot);
  await tap('review.sendAppeal', sent);
  expect(await row()).toMatchObject({ state: 'APPEALING', unsent: undefined });
});

it('what is in review and was given on is listed for whoever has it in hand, who has sent nothing', async () => {
  const mai = `mai${shop}`;
  await hire(mai);
  expect(await seen(mai, 'review.mine', mai)).toMatchObject({ model: { ofColleagues: 0 } });
  await give(spot, mai);
  expect(await seen(mai, 'review.mine', mai)).toMatchObject({ model: { spots: { promoted: 0 }, ofColleagues: 1 } });
  const row = { itemRef: spot, state: 'PENDING', other: 'nok' };
  expect(await seen(mai, 'review.list', 'hand/1')).toMatchObject({ model: { rows: [row] } });
});

it('what failed and is in hand stands on the list of what failed, what colleagues did on that of what is in hand, what one did under its shop, each with the other name', async () => {
  await decide(spot, 'REJECTED');
  await give(spot, 'lek');
  const rows = async (userId: string, list: string, view: 'review.list' | 'review.shop' = 'review.list') => {
    const { model } = (await seen(userId, view, list)) as { model: { rows: readonly object[] } };
    return model.rows.filter((row) => 'itemRef' in row && row.itemRef === spot);
  };
  expect(await rows('lek', 'failed/1')).toMatchObject([{ other: 'nok' }]);
  expect(await rows('nok', 'failed/1')).toEqual([]);
  expect(await rows('nok', `week/hands${shop}/1`, 'review.shop')).toMatchObject([{ other: 'lek' }]);
  expect(await rows('lek', `week/hands${shop}/1`, 'review.shop')).toMatchObject([{ other: 'nok' }]);
  await give(spot, null);
  expect(await rows('lek', 'failed/1')).toEqual([]);
  expect(await tap('review.modify', { ...(await onItem(spot)), by: 'lek' })).toBe('menu line.gone');
});
