import type { ControlClient } from './control-client.ts';
import type { StoryShop } from './shops.ts';
import type { Step, StoryPerson } from './story-person.ts';

/** What one person does, step by step; the story goes on when everybody's step is done and at rest. */
export type Steps = AsyncGenerator<Step, void>;

const CODE_PREFIX = 'https://qr.alipayplus.example/m/';
/** Large enough to be read and judged, small enough to be made and checked quickly. */
const SIDE = '640';

/** The Marketing Code's promotion of a shop, from the menu to *Submitted*. */
export async function* promote(person: StoryPerson, shop: StoryShop, client: ControlClient): Steps {
  yield* begin(person, shop, client);
  for (const [index, { spotType, serial, dark }] of shop.spots.entries()) {
    const howMany = index === 0 ? { howMany: String(shop.spots.length) } : {};
    yield await person.fills({ spotType, fixedSecurely: true, ...howMany });
    yield await person.sends(
      await client.sample('counter', { side: SIDE, seed: seedOf(serial) }),
      await client.sample('closeup', {
        side: SIDE,
        seed: seedOf(serial),
        code: CODE_PREFIX + serial,
        look: dark ? 'dark' : undefined,
      }),
    );
    if (dark) yield await person.taps({ action: 'promotion.keepPhoto' });
  }
  yield await person.fills({ contactPhoneOrEmail: shop.contact });
  yield await person.taps({ action: 'promotion.submit' });
}

/** As far as the first spot: the shop and its front are kept, the rest is for another day. */
export async function* begin(person: StoryPerson, shop: StoryShop, client: ControlClient): Steps {
  yield await person.says('menu');
  yield await person.taps({ action: 'menu.product', params: { product: 'MARKETING_CODE' } });
  yield await person.taps({ action: 'promotion.start' });
  yield await person.fills(shop.store);
  const { nameLocal } = shop.store;
  yield await person.sends(await client.sample('storefront', { side: SIDE, seed: seedOf(nameLocal), shop: nameLocal }));
}

/** Everything looks its own way, and the same each time the story is told. */
function seedOf(name: string): string {
  return String([...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 99_991, 7));
}
