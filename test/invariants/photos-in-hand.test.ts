import { createHash, randomInt } from 'node:crypto';
import fc from 'fast-check';
import { expect, it, onTestFailed } from 'vitest';
import { changeDraft, findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { Draft } from '../../src/flow/draft.ts';
import type { MessageUpdate } from '../../src/platform/update.ts';
import { complete } from '../flow/shop.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { PRIMARY_POSM_FLOW } from '../support/shipped-programme.ts';

/** What a person, and a line that loses pushes, can do. */
const ACT = fc.oneof(
  fc.record({ do: fc.constant('begin' as const), product: fc.constantFrom('MARKETING_CODE', 'PRIMARY_POSM') }),
  fc.record({ do: fc.constant('switch' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('end' as const), by: fc.constantFrom('submit', 'discard') }),
  fc.record({ do: fc.constant('menu' as const) }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), arrives: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('arrive' as const), which: fc.nat(5) }) },
);
type Act = typeof ACT extends fc.Arbitrary<infer A> ? A : never;

/** Said where it fails, so that the very same day can be played again. */
const SEED = Number(process.env.PHOTOS_SEED ?? randomInt(2 ** 31));

const world = useWorld();
let people = 0;

/** One person's day: the photos that were sent, and which draft each belongs in. */
class Day {
  readonly userId = `u${++people}`;
  readonly belongs = new Map<string, readonly string[]>();
  readonly #late: { readonly message: MessageUpdate; readonly inHand: string | undefined }[] = [];
  readonly #drafts = new Map<string, StoredDraft>();

  async begins(): Promise<void> {
    const person = await world().hires(this.userId);
    await person.says('menu');
  }

  async does(act: Act): Promise<void> {
    await world().advance(1_000);
    switch (act.do) {
      case 'begin':
        return await this.#taps({ action: 'promotion.start', product: act.product });
      case 'switch': {
        const open = await openDraftsOf(this.userId);
        const draft = open[act.which % Math.max(1, open.length)]?.draftId;
        return draft === undefined ? undefined : await this.#taps({ action: 'promotion.resume', draft });
      }
      case 'menu':
        return await this.#taps({ action: 'menu.open' });
      case 'end':
        return await this.#ends(act.by);
      case 'send': {
        world().platform.keepFile('photo', await pictures.storefront(1));
        const message = world().message(this.userId, { pictures: [{ downloadCode: 'photo' }] });
        const inHand = (await this.#inHand())?.draftId;
        if (!act.arrives) this.#late.push({ message, inHand });
        return act.arrives ? await this.#arrives(message, inHand) : undefined;
      }
      case 'arrive': {
        const [late] = this.#late.splice(act.which % Math.max(1, this.#late.length), 1);
        return late === undefined ? undefined : await this.#arrives(late.message, late.inHand);
      }
    }
  }

  /** It belongs in what was in hand when it was sent, as long as that can take it. */
  async #arrives(message: MessageUpdate, inHand: string | undefined): Promise<void> {
    const isOpen = inHand !== undefined && (await findDraft(inHand))?.state === 'OPEN';
    this.belongs.set(`${message.id}#0`, isOpen ? [inHand] : []);
    await world().receive(message);
  }

  async allArrive(): Promise<void> {
    while (this.#late.length > 0) await this.does({ do: 'arrive', which: 0 });
  }

  /** Which of the drafts has this photo; none of them for one that is kept beside. */
  async holders(photoId: string): Promise<string[]> {
    const drafts = await Promise.all([...this.#drafts.keys()].map((draftId) => findDraft(draftId)));
    return drafts.flatMap((stored) =>
      stored?.draft.photos.some((photo) => photo.photoId === photoId) ? [stored.draftId] : [],
    );
  }

  async #inHand(): Promise<StoredDraft | undefined> {
    const { currentWork } = (await findPerson(this.userId)) ?? {};
    const stored = currentWork === undefined ? undefined : await findDraft(currentWork.id);
    if (stored !== undefined) this.#drafts.set(stored.draftId, stored);
    return stored;
  }

  /** A promotion of displays, since a code can be at one place only; what is not open is left alone. */
  async #ends(by: string): Promise<void> {
    const stored = await this.#inHand();
    if (stored?.state !== 'OPEN') return;
    const subject = `draft:${stored.draftId}`;
    if (by === 'discard' || stored.product !== 'PRIMARY_POSM')
      return await this.#taps({ action: 'promotion.discardSure', subject, version: stored.version });
    const shop = await wholeShop();
    const whole = { ...shop, photos: [...shop.photos, ...stored.draft.photos] };
    const { version } = await inTransaction((tx) => changeDraft(stored, { draft: whole, updatedAt: 1 }, tx));
    await this.#taps({ action: 'promotion.submit', subject, version });
    await this.#taps({ action: 'promotion.submitAnyway', subject, version: version + 1 });
  }

  async #taps(params: Readonly<Record<string, unknown>>): Promise<void> {
    const [card] = await world().person(this.userId).cards();
    await world().receive(world().tap(card?.outTrackId ?? '', { userId: this.userId, actionId: 'a', params }));
    await this.#inHand();
  }
}

/** All that a promotion of displays needs, with photos that can be handed over: nobody looks into them. */
async function wholeShop(): Promise<Draft> {
  const shop = complete(1, PRIMARY_POSM_FLOW);
  const photos = shop.photos.map(async (photo) => {
    if (photo.kept === undefined) return photo;
    const bytes = Buffer.from(photo.kept.sha256);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await world().photos.put(sha256, bytes);
    return { ...photo, kept: { ...photo.kept, sha256 } };
  });
  return { ...shop, storeId: undefined, photos: await Promise.all(photos) };
}

it('a photo is evidence of nothing but what was in hand when it was sent, and none is lost', async () => {
  onTestFailed(() => console.error(`to play these days again: PHOTOS_SEED=${SEED}`));
  await fc.assert(
    fc.asyncProperty(fc.array(ACT, { minLength: 6, maxLength: 12 }), async (acts) => {
      const day = new Day();
      await day.begins();
      for (const act of acts) await day.does(act);
      await day.allArrive();
      for (const [photoId, belongsIn] of day.belongs) expect(await day.holders(photoId)).toEqual(belongsIn);
      const photoIds = [...day.belongs.keys()];
      expect([...(await contentHashesOf(photoIds)).keys()].sort()).toEqual(photoIds.sort());
    }),
    { numRuns: 6, seed: SEED },
  );
});
