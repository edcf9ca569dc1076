import { beforeEach, expect, it } from 'vitest';
import { SHOP } from '../support/conversations/promotion.ts';
import { onThePage } from '../support/in-process/on-the-page.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';

const world = useWorld();
const { takes, leaves, slotOf } = onThePage(world);
let nok: Person;
let slot: string;

beforeEach(async () => {
  nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills(SHOP);
  slot = await slotOf(nok, 'storefront');
});

const cardId = async (): Promise<string> => (await nok.card()).outTrackId;

/** Which cards stood below the chat, one after the other, while this happened. */
async function cardsWhile(steps: readonly (() => Promise<void>)[]): Promise<readonly boolean[]> {
  const moved: boolean[] = [];
  for (const step of steps) {
    const before = await cardId();
    await step();
    moved.push((await cardId()) !== before);
  }
  return moved;
}

it('what was taken before the page was left, and comes afterwards, brings the card in some seconds', async () => {
  const at = world().clock.now();
  await world().advance(10_000);
  await leaves(nok);
  await world().advance(30_000);
  const photo = await pictures.storefront(1);
  expect(await cardsWhile([() => takes(nok, { slot, photo, at })])).toEqual([true]);
});

it('what is taken on a page that is open brings it within a minute, also when that was left before', async () => {
  await leaves(nok);
  await world().advance(1_000);
  const photo = await pictures.storefront(2);
  const open = [() => takes(nok, { slot, photo }), () => world().advance(50_000), () => world().advance(10_000)];
  expect(await cardsWhile(open)).toEqual([false, false, true]);
});

it('several that come one after the other once the page was left bring it once, with the last', async () => {
  const at = world().clock.now();
  await leaves(nok);
  const photos = await Promise.all([3, 4, 5].map((seed) => pictures.storefront(seed)));
  const comes = photos.map((photo, nth) => async () => {
    await world().advance(25_000);
    await takes(nok, { slot, photo, at, more: nth < 2 || undefined });
  });
  expect(await cardsWhile([...comes, () => world().advance(120_000)])).toEqual([false, false, true, false]);
});

it('a phone that is gone before the others came keeps it waiting for a minute, and no longer', async () => {
  const at = world().clock.now();
  await leaves(nok);
  const photo = await pictures.storefront(6);
  const comes = () => takes(nok, { slot, photo, at, more: true });
  expect(await cardsWhile([comes, () => world().advance(50_000), () => world().advance(10_000)])).toEqual([
    false,
    false,
    true,
  ]);
});

it('what a worker sends whose page could not say that it was left brings it at once', async () => {
  const photo = await pictures.storefront(7);
  expect(await cardsWhile([() => takes(nok, { slot, photo, unseen: true })])).toEqual([true]);
});

it('whoever sends a photo in the chat meanwhile does not wait for the page', async () => {
  const photo = await pictures.storefront(8);
  const [taken, sent] = [
    () => takes(nok, { slot, photo }),
    async () => void (await nok.sends(await pictures.counter(8))),
  ];
  expect(await cardsWhile([taken, sent])).toEqual([false, true]);
});
