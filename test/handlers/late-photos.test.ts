import { beforeEach, describe, expect, it } from 'vitest';
import { findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { whereIs } from '../flow/shop.ts';
import { openTasks } from '../support/conversations/inspection.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { taskLands } from './landed-task.ts';

/** DingTalk pushes a message that nobody acknowledged again after a minute (dingtalk 1.6). */
const AGAIN_MS = 61_000;

const world = useWorld();
let nok: Person;

beforeEach(async () => {
  nok = await world().hires('nok');
});

/** A photo that leaves the phone now, and is pushed when it is called. */
async function photoOnItsWay(...bytes: readonly Uint8Array[]): Promise<() => Promise<readonly string[]>> {
  const codes = bytes.map((_, index) => `on its way ${world().clock.now()} ${index}`);
  for (const [index, code] of codes.entries()) world().platform.keepFile(code, bytes[index] ?? Buffer.alloc(0));
  const message = world().message('nok', { pictures: codes.map((downloadCode) => ({ downloadCode })) });
  await world().advance(1_000);
  return async () => {
    await world().advance(AGAIN_MS);
    await world().receive(message);
    return codes.map((_, index) => `${message.id}#${index}`);
  };
}

async function begin(shop: string, product = 'MARKETING_CODE'): Promise<StoredDraft> {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product });
  await nok.taps({ action: 'promotion.start' });
  await world().advance(1_000);
  await nok.fills({ ...SHOP, nameLocal: shop });
  await world().advance(1_000);
  return await draftOf(shop);
}

/** A task that is given to Nok now, and opened. */
async function inspects(): Promise<string> {
  const taskId = await taskLands(world(), { namedAssignee: 'nok' });
  await openTasks(nok);
  await nok.taps({ action: 'inspection.open' });
  await world().advance(1_000);
  return taskId;
}

async function draftOf(shop: string): Promise<StoredDraft> {
  const found = (await openDraftsOf('nok')).find(({ draft }) => draft.answers.store?.nameLocal === shop);
  if (found === undefined) throw new Error(`nok has begun no ${shop}`);
  return found;
}

const placesIn = async ({ draftId }: StoredDraft) => {
  const { draft } = (await findDraft(draftId)) ?? {};
  return draft?.photos.map(({ photoId }) => whereIs(draft, photoId));
};
const isKept = async (photoIds: readonly string[]) => (await contentHashesOf(photoIds)).size === photoIds.length;

describe('a photo that is pushed a minute late', () => {
  it('is evidence of the shop for which it was sent, and not of the one that was begun since', async () => {
    const first = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    const second = await begin('Som Tam House');
    await arrives();
    expect([await placesIn(first), await placesIn(second)]).toEqual([['storefront'], []]);
    await nok.sees('Storefront photo', 'Som Tam House', wordsOf('line.photoCameLate', { shop: 'Baan Coffee' }));
  });

  it('leaves a form that was opened since where it is, and says so below it', async () => {
    const first = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    await nok.says('menu');
    await nok.taps({ action: 'menu.product', product: 'PRIMARY_POSM' });
    await nok.taps({ action: 'promotion.start' });
    const form = await nok.card();
    await arrives();
    expect(await placesIn(first)).toEqual(['storefront']);
    expect((await nok.cards()).findLast(({ forms }) => forms.length > 0)?.outTrackId).toBe(form.outTrackId);
    await nok.sees(wordsOf('line.photoCameLate', { shop: 'Baan Coffee' }));
  });

  it('of a shop that was discarded is kept and used nowhere, and a line says of which', async () => {
    const first = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1), await pictures.storefront(2));
    const { outTrackId } = await nok.card();
    for (const action of ['promotion.discard', 'promotion.discardSure']) {
      const { version } = await draftOf('Baan Coffee');
      const params = { action, subject: `draft:${first.draftId}`, version };
      await world().receive(world().tap(outTrackId, { userId: 'nok', actionId: 'a', params }));
    }
    const second = await begin('Som Tam House');
    expect(await isKept(await arrives())).toBe(true);
    expect([await placesIn(first), await placesIn(second)]).toEqual([[], []]);
    await nok.sees('Som Tam House', wordsOf('line.photoTooLate', { shop: 'Baan Coffee' }));
  });

  it('of a shop that was submitted is kept and used nowhere, with its code', async () => {
    await reach(nok, 'summary');
    const submitted = await draftOf('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.closeup(codeOf('BB', 0)));
    await nok.taps('Submit');
    const second = await begin('Som Tam House');
    await nok.sends(await pictures.storefront(5));
    await nok.fills({ fixedSecurely: true });
    expect(await isKept(await arrives())).toBe(true);
    expect((await findDraft(submitted.draftId))?.draft.photos).toHaveLength(submitted.draft.photos.length);
    expect(await placesIn(second)).toEqual(['storefront']);
    expect((await draftOf('Som Tam House')).draft.spots[0]?.code).toBeUndefined();
    await nok.sees('Cashier 1', 'Som Tam House', wordsOf('line.photoTooLate', { shop: 'Baan Coffee' }));
  });

  it('of a promotion of one product is none of another product', async () => {
    const first = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    const second = await begin('Baan Coffee', 'PRIMARY_POSM');
    await arrives();
    expect(second.draftId).not.toBe(first.draftId);
    expect([await placesIn(first), await placesIn(second)]).toEqual([['storefront'], []]);
  });

  it('is none of an inspection that was begun since', async () => {
    const first = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    const taskId = await inspects();
    await arrives();
    expect(await placesIn(first)).toEqual(['storefront']);
    expect((await findTask(taskId))?.inspection.photos).toEqual([]);
  });

  it('brings its code to the spot that was asked then, not to the one that is asked now', async () => {
    await reach(nok, 'photos', { spots: 2 });
    await nok.sends(await pictures.counter(1));
    const arrives = await photoOnItsWay(await pictures.closeup(codeOf('AA', 0)));
    await nok.taps('Skip this spot');
    await nok.fills({ spotType: 'ENTRANCE_DOOR', fixedSecurely: true });
    await arrives();
    const draft = await draftOf('Baan Coffee');
    expect(await placesIn(draft)).toEqual(['storefront', 's1.context', 's1.closeup']);
    expect(draft.draft.spots.map(({ code }) => code?.short)).toEqual(['HAAA', undefined]);
  });

  it('with another code than was typed there since takes its place nowhere', async () => {
    await reach(nok, 'photos', { spots: 2 });
    await nok.sends(await pictures.counter(1));
    const arrives = await photoOnItsWay(await pictures.closeup(codeOf('AA', 0)));
    await nok.taps('Type the code');
    await nok.fills({ code: codeOf('BB', 0) });
    await nok.taps('Skip this spot');
    await nok.fills({ spotType: 'ENTRANCE_DOOR', fixedSecurely: true });
    await arrives();
    const draft = await draftOf('Baan Coffee');
    expect((await placesIn(draft))?.at(-1)).toMatch(/tray|setAside/);
    expect(draft.draft.spots.map(({ code }) => code?.short)).toEqual(['HBBA', undefined]);
  });

  it('does not replace one that was sent after it', async () => {
    const stored = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    await world().advance(20_000);
    await nok.sends(await pictures.storefront(2));
    await arrives();
    expect(await placesIn(stored)).toEqual(['storefront', 'setAside:late']);
    await nok.sees(wordsOf('note.photoLate'));
  });

  it('that was sent while nothing was in hand is kept, and of no shop', async () => {
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    const stored = await begin('Baan Coffee');
    expect(await isKept(await arrives())).toBe(true);
    expect(await placesIn(stored)).toEqual([]);
    await nok.sees('Storefront photo', wordsOf('line.photoNeedsShop'));
  });

  it('of a shop that turned out to be begun before goes into that one', async () => {
    const first = await begin('Baan Coffee');
    await nok.says('menu');
    await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
    await nok.taps({ action: 'promotion.start' });
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    await nok.fills({ ...SHOP, nameLocal: 'Baan Coffee' });
    await nok.sees(wordsOf('line.begunBefore', { shop: 'Baan Coffee' }));
    await arrives();
    expect(await placesIn(first)).toEqual(['storefront']);
    await nok.doesNotSee('line.photoTooLate');
  });

  it('fills the place of its shop also when that was taken up again meanwhile', async () => {
    const first = await begin('Baan Coffee');
    const arrives = await photoOnItsWay(await pictures.storefront(1));
    const second = await begin('Som Tam House');
    await nok.says('menu');
    await nok.taps('Resume Baan Coffee');
    await arrives();
    expect([await placesIn(first), await placesIn(second)]).toEqual([['storefront'], []]);
    await nok.sees('Where is the code?', 'Baan Coffee');
  });
});

it('a photo sent after a submission is not filed under another shop that happens to be open', async () => {
  const open = await begin('Som Tam House');
  await reach(nok, 'summary');
  await nok.taps('Submit');
  await world().advance(1_000);
  await nok.sends(await pictures.storefront(9));
  expect(await placesIn(open)).toEqual([]);
  await nok.sees(wordsOf('line.photoNeedsShop'));
});

it('a photo of an inspection that comes late counts for what was asked then', async () => {
  const taskId = await inspects();
  const arrives = await photoOnItsWay(await pictures.storefront(1));
  await nok.taps('Everything matches');
  await nok.taps('Cannot inspect');
  await arrives();
  expect((await findTask(taskId))?.inspection.photos).toMatchObject([{ slot: { kind: 'front' } }]);
});

/** Nok goes on from the spot's form, and what is sent takes its place. */
async function takesPlaces(): Promise<void> {
  for (const photo of [await pictures.counter(1), await pictures.closeup(codeOf('AA', 0))]) {
    await world().advance(1_000);
    if ((await nok.cards()).at(-1)?.forms.length) await nok.fills({ fixedSecurely: true, howMany: '1' });
    await nok.sends(photo);
  }
  expect(await placesIn(await draftOf('Baan Coffee'))).toEqual(['storefront', 's1.context', 's1.closeup']);
  await nok.doesNotSee('note.photoLate');
}

it.each([
  ['behind', -90_000],
  ['ahead of', 90_000],
])('where DingTalk’s clock is %s the bot’s, photos that come in time take their places', async (_, aheadMs) => {
  world().dingTalkIsAhead(aheadMs);
  await reach(nok, 'spot');
  await takesPlaces();
});

it.each([
  ['behind', -90_000],
  ['ahead of', 90_000],
])('where DingTalk’s clock was %s the bot’s they do, too, once that has been set right', async (_, aheadMs) => {
  world().dingTalkIsAhead(aheadMs);
  await reach(nok, 'storefront');
  world().clockIsSet(aheadMs);
  await world().sweep();
  await nok.sends(await pictures.storefront(1));
  await takesPlaces();
});
