import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { addDraft, changeDraft, findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { findPerson } from '../../models/people.ts';
import { addPhoto, storedPhotosAbout } from '../../models/photos.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { Product } from '../../src/domain/flows/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { atSpotPhotos, complete, plain, sent, serial, whereIs } from '../flow/shop.ts';
import { openTasks } from '../support/conversations/inspection.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { taskLands } from './landed-task.ts';

const CODE = codeOf('QQ', 0);
const NOT_THIS = { action: 'photos.list' } as const;

const world = useWorld();
let nok: Person;

beforeEach(async () => {
  nok = await world().hires('nok');
});

async function draftOf(shop: string): Promise<StoredDraft> {
  const found = (await openDraftsOf('nok')).find(({ draft }) => draft.answers.store?.nameLocal === shop);
  if (found === undefined) throw new Error(`nok has begun no ${shop}`);
  return found;
}

const hashOf = (words: string): string => createHash('sha256').update(words).digest('hex');

/** A promotion of Nok's that was brought here, its photos checked and kept. */
async function has(shop: string, draft: Draft, product: Product = 'MARKETING_CODE'): Promise<string> {
  const draftId = world().ids.next();
  const isoId = (await findPerson('nok'))?.isoId ?? '';
  const about = { kind: 'draft', id: draftId } as const;
  const photos = draft.photos.map((photo) => ({
    ...photo,
    photoId: `${shop}-${photo.photoId}`,
    kept: photo.kept && { ...photo.kept, sha256: hashOf(`${shop}-${photo.kept.sha256}`) },
  }));
  // a card would wait for a picture that is nowhere
  const jpeg = await pictures.counter(1);
  for (const { kept } of photos) if (kept) await world().photos.put(kept.sha256, jpeg);
  await inTransaction(async (tx) => {
    const whose = { draftId, userId: 'nok', isoId, product, storeKey: shop, updatedAt: world().clock.now() };
    await addDraft({ ...whose, draft: { ...draft, photos } }, tx);
    for (const { photoId, at: sentAt, kept } of photos) {
      const contentHash = kept?.sha256 ?? hashOf(photoId);
      const found = { codes: kept?.codes.map(({ canonicalUrl }) => canonicalUrl) ?? [], weaknesses: [] };
      const photo = { photoId, isoId, userId: 'nok', about, sentAt, contentHash, originalHash: contentHash, found };
      await addPhoto({ ...photo, width: 1, height: 1 }, tx);
    }
  });
  return draftId;
}

const named = (draft: Draft, nameLocal: string): Draft => ({
  ...draft,
  answers: { ...draft.answers, store: { ...draft.answers.store, nameLocal } },
});
const waiting = (shop: string) => named(sent(atSpotPhotos(), plain('counter')), shop);
const whole = (shop: string) => named(complete(1), shop);

async function resumes(draftId: string): Promise<void> {
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume', draft: draftId });
}

/** Baan Coffee waits for its close-up; in Som Tam House, at its summary, the one of Baan Coffee stands. Answers its id. */
async function sentIntoTheOtherShop(): Promise<string> {
  await has('Baan Coffee', waiting('Baan Coffee'));
  await resumes(await has('Som Tam House', whole('Som Tam House')));
  return 'Som Tam House-p3';
}

/** The card on which one photo of Som Tam House is to be given to a shop. */
async function chooses(photoId: string) {
  await nok.taps(NOT_THIS);
  await nok.taps({ action: 'photos.choose', photo: photoId });
  return await nok.card('Which shop is it of?');
}

/** Done on another phone, or in another process. */
async function ends(shop: string, how: 'submitted' | 'discarded'): Promise<void> {
  const stored = await draftOf(shop);
  const state = how === 'submitted' ? 'SUBMITTED' : 'DISCARDED';
  await inTransaction((tx) => changeDraft(stored, { state, updatedAt: world().clock.now() }, tx));
}

async function placesOf(photoId: string): Promise<readonly string[]> {
  const drafts = await Promise.all(
    (await mongoose.connection.collection<{ _id: string }>('drafts').find({}).toArray()).map(({ _id }) =>
      findDraft(_id),
    ),
  );
  return drafts.flatMap((stored) => {
    if (stored?.draft.photos.every((photo) => photo.photoId !== photoId) !== false) return [];
    return [`${String(stored.draft.answers.store?.nameLocal)}: ${whereIs(stored.draft, photoId)}`];
  });
}

/** A tap with whatever somebody puts into it. */
async function forged(params: Readonly<Record<string, unknown>>, userId = 'nok'): Promise<TapUpdate> {
  const { outTrackId } = await world().person(userId).card();
  return world().tap(outTrackId, { userId, actionId: 'a', params });
}

const audited = async (what: string) => await mongoose.connection.collection('audit').find({ what }).toArray();

describe('a photo that is of another shop', () => {
  it('moves there with its code, and the shop that it stood in asks for its own', async () => {
    const photoId = await sentIntoTheOtherShop();
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
    await nok.sees('Check and submit', 'Som Tam House');
    await nok.taps('See photos');
    await nok.sees('Is one not of Som Tam House?');
    await nok.taps(/Close-up/);
    await nok.taps(/^Baan Coffee/);
    await nok.sees(wordsOf('line.photoMoved', { shop: 'Baan Coffee', how: 'used' }), 'Som Tam House', 'Close-up');
    expect(await placesOf(photoId)).toEqual(['Baan Coffee: s1.closeup']);
    expect((await draftOf('Baan Coffee')).draft.spots[0]?.code?.short).toBe(serial(0).slice(-4));
    expect((await draftOf('Som Tam House')).draft.spots[0]?.code).toBeUndefined();
  });

  it('is kept as long as the work that it went to, not the one that it left', async () => {
    const photoId = await sentIntoTheOtherShop();
    await chooses(photoId);
    await nok.taps(/^Baan Coffee/);
    const kept = async (shop: string) =>
      (await storedPhotosAbout((await draftOf(shop)).draftId)).map((photo) => photo.photoId);
    expect(await kept('Baan Coffee')).toContain(photoId);
    expect(await kept('Som Tam House')).not.toContain(photoId);
  });

  it('leaves a line in the audit, with both ends', async () => {
    const photoId = await sentIntoTheOtherShop();
    await chooses(photoId);
    await nok.taps(/^Baan Coffee/);
    const from = { kind: 'draft', id: (await draftOf('Som Tam House')).draftId };
    const to = `draft:${(await draftOf('Baan Coffee')).draftId}`;
    expect(await audited('photo.move')).toMatchObject([
      { by: 'nok', subject: from, details: { photo: photoId, to, as: 'used' } },
    ]);
  });

  it('can be given back', async () => {
    const photoId = await sentIntoTheOtherShop();
    await chooses(photoId);
    await nok.taps(/^Baan Coffee/);
    await resumes((await draftOf('Baan Coffee')).draftId);
    await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
    await chooses(photoId);
    await nok.taps(/^Som Tam House/);
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
  });

  it('is the close-up where codes are read, also when it was sent for a product that has none', async () => {
    await has('Baan Coffee', waiting('Baan Coffee'));
    await nok.says('menu');
    await nok.taps({ action: 'menu.product', product: 'PRIMARY_POSM' });
    await nok.taps({ action: 'promotion.start' });
    const photoId = `${await nok.sends(await pictures.closeup(CODE))}#0`;
    const { draftId } = (await openDraftsOf('nok')).find(({ product }) => product === 'PRIMARY_POSM') ?? {};
    const extra = JSON.stringify({ photo: photoId });
    await world().receive(await forged({ action: 'photos.choose', subject: `draft:${draftId}`, extra }));
    await nok.taps(/^Baan Coffee/);
    expect(await placesOf(photoId)).toEqual(['Baan Coffee: s1.closeup']);
    expect((await draftOf('Baan Coffee')).draft.spots[0]?.code?.short).toBe(CODE.slice(-4));
  });

  it('that no part needs there is kept there, as the card says', async () => {
    await has('Baan Coffee', named(sent(whole(''), plain('anew')), 'Baan Coffee'));
    await resumes(await has('Som Tam House', whole('Som Tam House')));
    const photoId = 'Som Tam House-p1';
    await chooses(photoId);
    await nok.taps(/^Baan Coffee/);
    await nok.sees(wordsOf('line.photoMoved', { shop: 'Baan Coffee', how: 'waits' }), 'Storefront photo');
    expect(await placesOf(photoId)).toEqual(['Baan Coffee: tray']);
  });

  it('is put aside while the other shop is not begun, and moved once it is', async () => {
    const somTam = await has('Som Tam House', whole('Som Tam House'));
    await resumes(somTam);
    await nok.taps('See photos');
    await nok.taps(/Close-up/);
    await nok.sees('No other shop is open.');
    await nok.taps('Put it aside');
    await nok.sees(wordsOf('line.photoPutAside'), 'Close-up');
    expect(await placesOf('Som Tam House-p3')).toEqual(['Som Tam House: setAside:notThisShop']);
    expect((await draftOf('Som Tam House')).draft.spots[0]?.code).toBeUndefined();
    await has('Baan Coffee', waiting('Baan Coffee'));
    await resumes(somTam);
    await world().receive(await forged({ action: 'photos.list', subject: `draft:${somTam}` }));
    await nok.taps(/Not used/);
    await nok.taps(/^Baan Coffee/);
    expect(await placesOf('Som Tam House-p3')).toEqual(['Baan Coffee: s1.closeup']);
  });

  it('goes to an inspection, into the place that is asked for', async () => {
    const taskId = await taskLands(world(), { namedAssignee: 'nok', storeName: 'Krua Thai' });
    await openTasks(nok);
    await nok.taps({ action: 'inspection.open' });
    await resumes(await has('Som Tam House', whole('Som Tam House')));
    const front = 'Som Tam House-p1';
    await chooses(front);
    await nok.taps(/^Krua Thai/);
    expect(await placesOf(front)).toEqual([]);
    expect((await findTask(taskId))?.inspection.photos).toMatchObject([
      { photoId: front, slot: { kind: 'front' }, where: { kind: 'kept' } },
    ]);
  });
});

describe('a photo is moved once, and only what is so', () => {
  it('a second tap on the same card finds it gone, and moves nothing', async () => {
    const photoId = await sentIntoTheOtherShop();
    const card = await chooses(photoId);
    await nok.taps(/^Baan Coffee/, { on: card });
    await nok.taps(/^Baan Coffee/, { on: card });
    await nok.sees(wordsOf('line.photoNotHere'), 'Som Tam House');
    expect(await placesOf(photoId)).toEqual(['Baan Coffee: s1.closeup']);
    expect(await audited('photo.move')).toHaveLength(1);
  });

  it('two taps at once, to two shops, bring it to one of them', async () => {
    const photoId = await sentIntoTheOtherShop();
    await has('Nine Mart', waiting('Nine Mart'));
    const card = await chooses(photoId);
    const taps = card.buttons.filter(({ params }) => params.action === 'photos.move');
    expect(taps).toHaveLength(2);
    await Promise.all(
      taps.map(({ actionId, params }) =>
        world().takesIn(world().tap(card.outTrackId, { userId: 'nok', actionId, params })),
      ),
    );
    await world().untilIdle();
    expect(await placesOf(photoId)).toHaveLength(1);
    expect(await audited('photo.move')).toHaveLength(1);
  });

  it('a card from before something else changed is drawn anew, and moves nothing', async () => {
    const photoId = await sentIntoTheOtherShop();
    const card = await chooses(photoId);
    await nok.taps('Back');
    await nok.taps('Back');
    await nok.taps('Change…');
    await nok.taps('Add a spot');
    await nok.taps(/^Baan Coffee/, { on: card });
    await nok.sees(wordsOf('line.changed'), 'Which shop is it of?');
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
    await nok.taps(/^Baan Coffee/);
    expect(await placesOf(photoId)).toEqual(['Baan Coffee: s1.closeup']);
  });

  it.each(['submitted', 'discarded'] as const)('nothing moves to a shop that was %s meanwhile', async (how) => {
    await has('Baan Coffee', whole('Baan Coffee'));
    await resumes(await has('Som Tam House', whole('Som Tam House')));
    const photoId = 'Som Tam House-p1';
    const card = await chooses(photoId);
    await ends('Baan Coffee', how);
    await nok.taps(/^Baan Coffee/, { on: card });
    await nok.sees(wordsOf('line.photoNotMoved', { shop: 'Baan Coffee', how }));
    expect(await placesOf(photoId)).toEqual(['Som Tam House: storefront']);
  });

  it('nothing leaves a shop that was submitted meanwhile', async () => {
    await has('Baan Coffee', waiting('Baan Coffee'));
    await resumes(await has('Som Tam House', whole('Som Tam House')));
    const photoId = 'Som Tam House-p1';
    const card = await chooses(photoId);
    await ends('Som Tam House', 'submitted');
    await nok.taps(/^Baan Coffee/, { on: card });
    await nok.sees(wordsOf('line.frozen'));
    expect(await placesOf(photoId)).toEqual(['Som Tam House: storefront']);
  });

  it('when the bot dies in the middle, the photo stands where it stood', async () => {
    const photoId = await sentIntoTheOtherShop();
    await chooses(photoId);
    world().standsAround(async (ctx, handle) => {
      await handle();
      if (ctx.update.kind === 'tap') throw new Error('killed before it was committed');
    });
    await nok.taps(/^Baan Coffee/);
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
    world().standsAround((_ctx, handle) => handle());
    await nok.taps(/^Baan Coffee/);
    expect(await placesOf(photoId)).toEqual(['Baan Coffee: s1.closeup']);
  });
});

describe('a tap that somebody forged', () => {
  const beginsSomething = async (person: Person) => {
    await person.says('menu');
    await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
    await person.taps({ action: 'promotion.start' });
  };
  const moves = (draftId: string, version: number, photoId: string, to: string) => ({
    action: 'photos.move',
    subject: `photo:1/1/draft:${draftId}/${photoId}`,
    version,
    extra: JSON.stringify({ to }),
  });

  it("moves nothing to a colleague's shop", async () => {
    const lek = await world().hires('lek');
    await beginsSomething(lek);
    const theirs = (await openDraftsOf('lek'))[0]?.draftId ?? '';
    const photoId = await sentIntoTheOtherShop();
    const { draftId, version } = await draftOf('Som Tam House');
    await world().receive(await forged(moves(draftId, version, photoId, `draft:${theirs}`)));
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
    await nok.sees(wordsOf('line.photoNotMoved', { how: 'over' }));
  });

  it("moves nothing out of a colleague's shop", async () => {
    const lek = await world().hires('lek');
    await beginsSomething(lek);
    const mine = (await openDraftsOf('lek'))[0]?.draftId ?? '';
    const photoId = await sentIntoTheOtherShop();
    const { draftId, version } = await draftOf('Som Tam House');
    await world().receive(await forged(moves(draftId, version, photoId, `draft:${mine}`), 'lek'));
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
    await lek.sees(wordsOf('line.gone'));
  });

  it('with a photo that is not in that shop, or a work that is none, moves nothing', async () => {
    const photoId = await sentIntoTheOtherShop();
    const { draftId, version } = await draftOf('Som Tam House');
    const other = (await draftOf('Baan Coffee')).draft.photos[0]?.photoId ?? '';
    const to = `draft:${(await draftOf('Baan Coffee')).draftId}`;
    for (const tap of [
      moves(draftId, version, other, to),
      moves(draftId, version, 'nothing', to),
      moves(draftId, version, photoId, `draft:${draftId}`),
      moves(draftId, version, photoId, 'person:nok'),
      moves(draftId, version, photoId, '__proto__'),
    ])
      await world().receive(await forged(tap));
    expect(await placesOf(photoId)).toEqual(['Som Tam House: s1.closeup']);
    expect(await placesOf(other)).toEqual(['Baan Coffee: storefront']);
  });
});
