import { beforeEach, describe, expect, it } from 'vitest';
import { changeAppeal, findAppeal } from '../../models/appeals.ts';
import { addDraft, changeDraft, findDraft } from '../../models/drafts.ts';
import { addPhoto } from '../../models/photos.ts';
import { inTransaction, mustHaveMatched } from '../../models/transaction.ts';
import { MOST_EVIDENCE } from '../../src/domain/appeal-statement.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { complete, whereIs } from '../flow/shop.ts';
import { useModels } from '../models/store.ts';
import { onAppeal, onItem, onModification, tap } from '../review/thumb.ts';
import { decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';

useModels(process.env.REALDB_URI);

let round = 0;
/** Ids of this test alone. */
const own = (name: string): string => `${name}${round}`;
const by = (): string => own('nok');

beforeEach(async () => {
  round += 1;
  await hire(by());
});

/** A promotion at its summary; its photos are `<shop>-p1` to `-p3`. */
async function begun(shop: string): Promise<Subject> {
  const work = { kind: 'draft', id: own(shop) } as const;
  const whole = complete(1);
  const photos = whole.photos.map((photo) => ({ ...photo, photoId: `${work.id}-${photo.photoId}` }));
  const whose = { draftId: work.id, userId: by(), isoId: 'iso', product: 'MARKETING_CODE', updatedAt: NOW } as const;
  await inTransaction((tx) => addDraft({ ...whose, draft: { ...whole, photos }, storeKey: work.id }, tx));
  for (const { photoId } of photos) await kept(photoId, work);
  return work;
}

/** A photo that was checked and is kept for this work. */
async function kept(photoId: string, about: Subject): Promise<void> {
  const seen = { contentHash: `${photoId}-bytes`, originalHash: `${photoId}-bytes` };
  const found = { codes: [], weaknesses: [] };
  const photo = { photoId, isoId: 'iso', userId: by(), about, sentAt: NOW, ...seen, width: 1, height: 1, found };
  await inTransaction((tx) => addPhoto(photo, tx));
}

/** A door whose photo was too blurred, and what was begun about it. */
async function remedied(shop: string, how: 'review.appeal' | 'review.modify'): Promise<Subject> {
  await submitShop(by(), own(shop), { spots: 1 });
  const door = `${own(shop)}-1`;
  await decide(door, 'REJECTED', { reasons: ['SPOT_PHOTO_BLURRY'] });
  await tap(how, { ...(await onItem(door)), by: by() });
  return how === 'review.appeal'
    ? { kind: 'appeal', id: (await onAppeal(door)).appealId }
    : { kind: 'draft', id: (await onModification(door)).draftId };
}

/** `Not this shop` on the card of `from`; answers what is shown. */
async function moves(photoId: string, from: Subject, to: Subject): Promise<string> {
  const subject = { kind: 'photo', id: `1/1/${from.kind}:${from.id}/${photoId}` } as const;
  const params = { subject, version: await versionOf(from), extra: { to: `${to.kind}:${to.id}` } };
  return await tap('photos.move', { by: by(), params });
}

const draftOf = async ({ id }: Subject) => mustHaveMatched(await findDraft(id));
const appealOf = async ({ id }: Subject) => mustHaveMatched(await findAppeal(id));
const versionOf = async (work: Subject) =>
  (work.kind === 'appeal' ? await appealOf(work) : await draftOf(work)).version;
const placeIn = async (work: Subject, photoId: string) =>
  work.kind === 'appeal'
    ? (await appealOf(work)).evidence.some((one) => one.photoId === photoId)
      ? 'evidence'
      : 'lost'
    : whereIs((await draftOf(work)).draft, photoId);

describe('Not this shop, into and out of an appeal', () => {
  it('a photo of a promotion becomes evidence, and goes back into its place', async () => {
    const [shop, appeal] = [await begun('shop'), await remedied('failed', 'review.appeal')];
    const front = `${shop.id}-p1`;
    expect(await moves(front, shop, appeal)).toBe('promotion line.photoMoved');
    expect([await placeIn(shop, front), await placeIn(appeal, front)]).toEqual(['lost', 'evidence']);
    expect(await moves(front, appeal, shop)).toBe('review.appeal line.photoMoved');
    expect([await placeIn(shop, front), await placeIn(appeal, front)]).toEqual(['storefront', 'lost']);
  });

  it('goes from one appeal to another', async () => {
    const [one, other] = [await remedied('one', 'review.appeal'), await remedied('other', 'review.appeal')];
    const shop = await begun('shop');
    const front = `${shop.id}-p1`;
    await moves(front, shop, one);
    expect(await moves(front, one, other)).toBe('review.appeal line.photoMoved');
    expect([await placeIn(one, front), await placeIn(other, front)]).toEqual(['lost', 'evidence']);
  });

  it('stays where it is while the appeal has as many as it takes, or the same picture', async () => {
    const [shop, appeal] = [await begun('shop'), await remedied('failed', 'review.appeal')];
    const front = `${shop.id}-p1`;
    const full = Array.from({ length: MOST_EVIDENCE }, (_, n) => ({ photoId: `e${n}`, sha256: `e${n}` }));
    for (const evidence of [full, [{ photoId: 'same', sha256: `${front}-bytes` }]]) {
      await inTransaction(async (tx) => changeAppeal(await appealOf(appeal), { evidence }, tx));
      expect(await moves(front, shop, appeal)).toBe('photos.move line.photoNotMoved');
      expect([await placeIn(shop, front), await placeIn(appeal, front)]).toEqual(['storefront', 'lost']);
    }
  });

  it('neither comes to an appeal that was sent meanwhile, nor leaves it', async () => {
    const [shop, appeal] = [await begun('shop'), await remedied('failed', 'review.appeal')];
    const [front, counter] = [`${shop.id}-p1`, `${shop.id}-p2`];
    await moves(front, shop, appeal);
    await inTransaction(async (tx) => changeAppeal(await appealOf(appeal), { state: 'FILED', filedAt: NOW }, tx));
    expect(await moves(counter, shop, appeal)).toBe('photos.move line.photoNotMoved');
    expect(await moves(front, appeal, shop)).toMatch(/line\.(frozen|gone)$/);
    expect([await placeIn(appeal, front), await placeIn(shop, counter)]).toEqual(['evidence', 's1.context']);
  });
});

describe('Not this shop, into and out of a modification', () => {
  it('a photo fills the place that is asked for anew, and leaves it open again', async () => {
    const [shop, remedy] = [await begun('shop'), await remedied('blurred', 'review.modify')];
    const photoId = `${shop.id}-p2`;
    expect(await moves(photoId, shop, remedy)).toBe('promotion line.photoMoved');
    expect(await placeIn(shop, photoId)).toBe('lost');
    expect(await placeIn(remedy, photoId)).toMatch(/context|closeup/);
    expect(await moves(photoId, remedy, shop)).toBe('promotion line.photoMoved');
    expect([await placeIn(remedy, photoId), await placeIn(shop, photoId)]).toEqual(['lost', 's1.context']);
  });

  it('a photo of what was submitted before is evidence, and stays', async () => {
    const [shop, remedy] = [await begun('shop'), await remedied('blurred', 'review.modify')];
    for (const { photoId } of (await draftOf(remedy)).draft.photos)
      expect(await moves(photoId, remedy, shop)).toBe('promotion line.photoNotHere');
    expect((await draftOf(shop)).draft.photos).toHaveLength(3);
  });

  it('goes between a modification and an appeal', async () => {
    const [remedy, appeal] = [await remedied('one', 'review.modify'), await remedied('other', 'review.appeal')];
    const shop = await begun('shop');
    const photoId = `${shop.id}-p2`;
    await moves(photoId, shop, appeal);
    expect(await moves(photoId, appeal, remedy)).toBe('review.appeal line.photoMoved');
    expect([await placeIn(appeal, photoId), await placeIn(shop, photoId)]).toEqual(['lost', 'lost']);
    expect(await placeIn(remedy, photoId)).toMatch(/context|closeup/);
  });

  it('nothing comes to a modification that ended meanwhile', async () => {
    const [shop, remedy] = [await begun('shop'), await remedied('blurred', 'review.modify')];
    await inTransaction(async (tx) => changeDraft(await draftOf(remedy), { state: 'DISCARDED', updatedAt: NOW }, tx));
    expect(await moves(`${shop.id}-p2`, shop, remedy)).toBe('photos.move line.photoNotMoved');
    expect(await placeIn(shop, `${shop.id}-p2`)).toBe('s1.context');
  });
});
