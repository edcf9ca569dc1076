import { setTimeout as after } from 'node:timers/promises';
import { fieldNamed } from '../../../src/platform/field-names.ts';
import { pictures } from '../pictures.ts';
import { Person, type SeenCard } from '../world/person.ts';
import type { World } from '../world/world.ts';
import { codeOf, SHOP } from './promotion.ts';

const PATIENCE_MS = 300_000;
/** How long somebody looks at a chat before they try again. */
const TRY_AGAIN_MS = 3_000;
/** A message that nobody took is pushed again after a minute. */
const MINUTE_MS = 61_000;

/** What a card must be like for somebody to go on. */
type Sight = (card: SeenCard) => boolean;

const reads =
  (...words: readonly string[]): Sight =>
  ({ text }) =>
    words.every((word) => text.includes(word));
const asksForPhoto =
  (words: string): Sight =>
  ({ text, forms }) =>
    text.includes(words) && forms.length === 0;
const asksFor =
  (field: string): Sight =>
  ({ forms }) =>
    forms.some((form) => !form.disabled && form.fields.some(({ name }) => fieldNamed(name) === field));
const offers =
  (action: string): Sight =>
  ({ buttons }) =>
    buttons.some((button) => !button.disabled && button.params.action === action);

/**
 * Somebody who goes on whatever happens to the bot: a tap that did nothing is tapped again, a message that stands in the chat is
 * not sent again. Nothing here waits for the bot to be done.
 */
export class Stubborn {
  /** Every picture that was sent, as often as it was. */
  readonly sent: Buffer[] = [];
  readonly #person: Person;
  readonly #world: World;

  constructor(userId: string, world: World) {
    this.#world = world;
    this.#person = new Person(userId, { sandbox: world.sandbox, untilIdle: async () => undefined });
  }

  /** From *Join your ISO* to the menu, with `admin` approving. */
  async joins(admin: Stubborn, newcomer: { name: string; phone: string }): Promise<void> {
    await this.#says('hi');
    await this.#until(asksFor('isoEmail'));
    await this.#until(reads('Request sent'), () =>
      this.#person.fills({ isoEmail: 'demo@iso.example', ...newcomer }, { withoutWaiting: true }),
    );
    await admin.#until(reads('Approved by'), () => admin.#taps('association.approve'));
    await this.#until(offers('menu.product'));
  }

  /** A whole promotion, from the menu to *Submitted*. */
  async promotes(plan: { shop: string; spots: number; series: string; seed: number }): Promise<void> {
    const { shop, spots, series, seed } = plan;
    const person = this.#person;
    await this.#until(offers('menu.product'), () => this.#taps('menu.open'));
    await this.#until(offers('promotion.start'), () => this.#taps('menu.product'));
    await this.#until(asksFor('nameLocal'), () => this.#taps('promotion.start'));
    const address = `Silom Rd ${seed}`;
    await this.#until(asksForPhoto('Storefront photo'), () =>
      person.fills({ ...SHOP, nameLocal: shop, address }, { withoutWaiting: true }),
    );
    const front = await pictures.storefront(seed);
    await this.#sends(front);
    let again = () => this.#sendsAgain({ '': front });
    for (let spot = 0; spot < spots; spot += 1) {
      await this.#until(asksFor('fixedSecurely'), again);
      const many = spot === 0 ? { howMany: String(spots) } : {};
      const answers = { spotType: 'CASHIER_COUNTER', fixedSecurely: true, ...many };
      await this.#until(asksForPhoto(`Cashier ${spot + 1}`), () => person.fills(answers, { withoutWaiting: true }));
      const code = codeOf(series, spot);
      const counter = await pictures.counter(seed * 10 + spot);
      const closeup = await pictures.closeup(code, { seed: seed * 10 + spot });
      await this.#sends(counter);
      await this.#sends(closeup);
      again = () => this.#sendsAgain({ 'the wide photo': counter, 'the close-up of the code': closeup });
    }
    await this.#until(asksFor('contactPhoneOrEmail'), again);
    await this.#until(offers('promotion.submit'), () =>
      person.fills({ contactPhoneOrEmail: '+66 81 999 0001' }, { withoutWaiting: true }),
    );
    await this.#until(reads('Submitted', shop), () => this.#taps('promotion.submit'));
  }

  async chat(): Promise<string> {
    return this.#person.chat();
  }

  #taps(action: string): Promise<unknown> {
    return this.#person.taps({ action }, { withoutWaiting: true });
  }

  /** Looks until a card is like this, doing what brings it about every now and then; what fails is done again. */
  async #until(sight: Sight, act?: () => Promise<unknown>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    let nextTry = 0;
    let minuteAt = performance.now() + 2 * TRY_AGAIN_MS;
    while (performance.now() < deadline) {
      if (await attempt(async () => (await this.#person.cards()).some(sight))) return;
      const now = performance.now();
      if (now >= nextTry) {
        if (act) await attempt(act);
        nextTry = performance.now() + TRY_AGAIN_MS;
      } else if (now >= minuteAt) {
        await attempt(() => this.#world.advance(MINUTE_MS));
        minuteAt = performance.now() + 2 * TRY_AGAIN_MS;
      } else await after(100);
    }
    throw new Error(`It does not come:\n${await this.chat()}\nThe bot's last words:\n${this.#world.botLog()}`);
  }

  async #says(text: string): Promise<void> {
    await this.#once(() => this.#world.sandbox.say(this.#person.userId, text));
  }

  async #sends(picture: Buffer): Promise<void> {
    await this.#once(() => this.#world.sandbox.sendPictures(this.#person.userId, [picture]));
    this.sent.push(picture);
  }

  /**
   * A picture whose check was under way at three power cuts in a row is taken for one that ends the process, and a new one is asked
   * for: what the card asks for is sent once more.
   */
  async #sendsAgain(asked: Readonly<Record<string, Buffer>>): Promise<void> {
    const card = await this.#person.card();
    if (!card.text.includes('It cannot be read')) return;
    for (const [words, picture] of Object.entries(asked)) {
      if (card.text.includes(words)) await this.#sends(picture);
    }
  }

  /** Writes a message until it stands in the chat. */
  async #once(write: () => Promise<unknown>): Promise<void> {
    let before: number | undefined;
    for (;;) {
      const own = await attempt(() => this.#own());
      before ??= own;
      if (own !== undefined && before !== undefined) {
        if (own > before) return;
        if ((await attempt(write)) !== undefined) return;
      }
      await after(100);
    }
  }

  async #own(): Promise<number> {
    return (await this.#person.entries()).filter(({ from }) => from === this.#person.userId).length;
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
