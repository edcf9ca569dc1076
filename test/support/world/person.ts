import type { Entry, RenderedButton, RenderedForm } from '@field/dingtalk-sandbox/page-protocol';
import type { TextArgs } from '../../../cards/text.ts';
import type { TextKey } from '../../../cards/text-key.ts';
import { chatText, entryText, inOrder } from './chat-text.ts';
import { type Answer, formAnswers, type KeptFields } from './form-answers.ts';
import type { SandboxApi, TapAnswer } from './sandbox-api.ts';
import { wordsOf } from './words-of.ts';

/** What a person's chat asks of the world around it. */
export interface PersonWorld {
  /** Nothing was done since everything was at rest: whoever looks for what must come may look at once. */
  readonly rested?: boolean;
  readonly sandbox: Pick<SandboxApi, 'say' | 'sendPictures' | 'sendFile' | 'tap' | 'conversation'>;
  /** Everything that was begun is done, and what waits a moment by the calendar (a burst of pictures) has come. */
  untilIdle(): Promise<void>;
  /** How long to look for what may still be drawn; where nothing comes later than `untilIdle`, not at all. */
  readonly patienceMs?: number;
}

/** A card as it stood when it was looked at; tapping one that has changed since is tapping an old card. */
export interface SeenCard {
  readonly outTrackId: string;
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly RenderedButton[];
  readonly forms: readonly RenderedForm[];
}

/**
 * A button by its label, or by what it does: `{ action: 'menu.open' }` is the same in every language; further parameters tell
 * buttons of one action apart.
 */
export type ButtonName = string | RegExp | { readonly action: string; readonly [param: string]: string };

export interface TapOptions {
  /** The card; else the lowest one that has the button. */
  readonly on?: SeenCard;
  readonly repeat?: number | undefined;
  readonly atOnce?: boolean | undefined;
  /** Do not wait until everything that follows has happened. */
  readonly withoutWaiting?: true;
}

export interface Denial {
  /** What stands in the places of the text; in the others anything may stand. */
  readonly args?: TextArgs;
  /** The card; else the whole chat. */
  readonly on?: SeenCard;
}

/** How long what must come is looked for: a guard against waiting for ever, on which no proof rests. */
const PATIENCE_MS = 60_000;

/** Somebody with a chat open. Every method does what a thumb can do, and waits for what follows from it. */
export class Person {
  readonly userId: string;
  readonly #world: PersonWorld;
  /** The group whose chat is open; undefined: the chat with the bot. */
  readonly #group: string | undefined;
  /** What stands in each card's forms, by the names of their fields: DingTalk's client keeps it from one form to the next. */
  readonly #typed = new Map<string, KeptFields>();
  /** What was read of the open chat, by its place. */
  readonly #read = new Map<number, Entry>();
  #mark = 0;
  #lastTap: TapAnswer | undefined;

  constructor(userId: string, world: PersonWorld, group?: string) {
    this.userId = userId;
    this.#world = world;
    this.#group = group;
  }

  /** The same person with this group's chat open: says it there (with an @ for the bot) and sees what stands there. */
  inGroup(conversationId: string): Person {
    return new Person(this.userId, this.#world, conversationId);
  }

  async says(text: string): Promise<string> {
    await this.#remember();
    const { msgId } = await this.#world.sandbox.say(this.userId, text, this.#group);
    await this.#world.untilIdle();
    return msgId;
  }

  /** One message with these pictures. */
  async sends(...pictures: readonly Uint8Array[]): Promise<string> {
    await this.#remember();
    const { msgId } = await this.#world.sandbox.sendPictures(this.userId, pictures, { to: this.#group });
    await this.#world.untilIdle();
    return msgId;
  }

  async sendsFile(file: Uint8Array, fileName: string): Promise<string> {
    await this.#remember();
    const { msgId } = await this.#world.sandbox.sendFile(this.userId, file, fileName);
    await this.#world.untilIdle();
    return msgId;
  }

  /** Taps this button. Answers what the phone showed: whether the tap was applied. */
  async taps(label: ButtonName, options: TapOptions = {}): Promise<TapAnswer> {
    const { card, button } = await this.#buttonOf(label, options.on);
    await this.#remember();
    return this.#tap(card.outTrackId, { actionId: button.actionId, params: button.params }, options);
  }

  /** Fills in the form of the lowest card that has one, by label or name, and sends it. */
  async fills(answers: Readonly<Record<string, Answer>>, options: TapOptions = {}): Promise<TapAnswer> {
    const isAsked = ({ forms }: SeenCard): boolean => forms.some((form) => !form.disabled);
    const card = options.on ?? (await this.#findsLast(isAsked));
    const form = card?.forms.find(({ disabled }) => !disabled);
    if (!card || !form) throw new Error(`${this.userId} sees no form:\n${await this.chat()}`);
    await this.#remember();
    const params = { ...form.params, form: formAnswers(form.fields, answers, this.#typedOn(card)) };
    return this.#tap(card.outTrackId, { actionId: form.actionId, params }, options);
  }

  #typedOn({ outTrackId }: SeenCard): KeptFields {
    const typed = this.#typed.get(outTrackId) ?? new Map();
    this.#typed.set(outTrackId, typed);
    return typed;
  }

  /** The lowest card of the chat, or the lowest one that reads so. */
  async card(words?: string | RegExp): Promise<SeenCard> {
    const card = (await this.cards()).findLast(({ text }) => words === undefined || reads(text, words));
    if (!card) throw new Error(`${this.userId} has no card ${words ?? ''}:\n${await this.chat()}`);
    return card;
  }

  /**
   * Waits until all these words stand together on one entry that is new or changed since this person last did something, or on
   * the lowest card.
   */
  async sees(...words: readonly (string | RegExp)[]): Promise<void> {
    if (this.#world.rested !== true) await this.#world.untilIdle();
    const deadline = performance.now() + (this.#world.patienceMs ?? PATIENCE_MS);
    for (let waitMs = 0; ; ) {
      const entries = await this.entries(waitMs);
      const lowestCard = entries.findLast((entry) => entry.outTrackId !== undefined);
      const fresh = entries.filter(
        (entry) => (entry.seq > this.#mark && entry.from !== this.userId) || entry === lowestCard,
      );
      if (fresh.some((entry) => words.every((word) => reads(entryText(entry), word)))) return;
      const left = deadline - performance.now();
      if (left <= 0)
        throw new Error(`${this.userId} does not see ${words.join(' + ')}${this.#failedTap()}:\n${chatText(entries)}`);
      waitMs = Math.ceil(Math.min(left, 2_000));
    }
  }

  /** Whether these words stand anywhere in the chat as it is now. */
  async has(words: string | RegExp): Promise<boolean> {
    return (await this.entries()).some((entry) => reads(entryText(entry), words));
  }

  /**
   * Fails when this text of ours stands in the chat, or on this card, in whatever language. By its key: a denied sentence that was
   * copied could not fail any more once it is reworded.
   */
  async doesNotSee(key: TextKey, { args, on }: Denial = {}): Promise<void> {
    const words = wordsOf(key, args);
    await this.#world.untilIdle();
    const text = on?.text ?? (await this.chat());
    const seen = words.exec(text);
    if (seen) throw new Error(`${this.userId} sees ${key}, “${seen[0]}”:\n${text}`);
  }

  /** The whole chat as one would read it aloud. */
  async chat(): Promise<string> {
    return chatText(await this.entries());
  }

  /** The whole chat; only what is new or has changed is asked for, at once or as soon as there is something, within `waitMs`. */
  async entries(waitMs = 0): Promise<Entry[]> {
    const chat = this.#group ?? this.userId;
    const changed = await this.#world.sandbox.conversation(chat, this.userId, newestOf(this.#read.values()), waitMs);
    for (const entry of changed) this.#read.set(entry.pos, entry);
    return inOrder([...this.#read.values()]);
  }

  async #tap(outTrackId: string, what: { actionId: string; params: RenderedButton['params'] }, options: TapOptions) {
    const { repeat, atOnce, withoutWaiting } = options;
    const answer = await this.#world.sandbox.tap(outTrackId, {
      userId: this.userId,
      ...what,
      repeat,
      atOnce,
    });
    this.#lastTap = answer;
    if (!withoutWaiting) await this.#world.untilIdle();
    return answer;
  }

  /** What the phone said, where the last tap failed: nothing need have come of it. */
  #failedTap(): string {
    if (this.#lastTap?.applied !== false) return '';
    const { reason, latencyMs } = this.#lastTap;
    return ` (their phone said that their last tap failed: ${reason}, after ${latencyMs} ms)`;
  }

  async #buttonOf(label: ButtonName, on: SeenCard | undefined): Promise<{ card: SeenCard; button: RenderedButton }> {
    const named = ({ buttons }: SeenCard) => buttons.find((one) => !one.disabled && isNamed(one, label));
    const card = on ?? (await this.#findsLast((one) => named(one) !== undefined));
    const button = card && named(card);
    if (card && button) return { card, button };
    throw new Error(`${this.userId} sees no button ${JSON.stringify(label)}:\n${await this.chat()}`);
  }

  /** The lowest card that is looked for; where none is, once everything has happened that follows from what was done. */
  async #findsLast(isLookedFor: (card: SeenCard) => boolean): Promise<SeenCard | undefined> {
    const there = (await this.cards()).findLast(isLookedFor);
    if (there !== undefined) return there;
    await this.#world.untilIdle();
    return (await this.cards()).findLast(isLookedFor);
  }

  /** Every card of the chat as it stands now, from top to bottom. */
  async cards(): Promise<SeenCard[]> {
    return (await this.entries()).flatMap((entry) => {
      const { outTrackId, view } = entry;
      if (outTrackId === undefined || !view) return [];
      return [{ outTrackId, title: view.title, text: entryText(entry), buttons: view.buttons, forms: view.forms }];
    });
  }

  async #remember(): Promise<void> {
    this.#mark = newestOf(await this.entries());
  }
}

function newestOf(entries: Iterable<Entry>): number {
  return Math.max(0, ...[...entries].map(({ seq }) => seq));
}

function isNamed(button: RenderedButton, name: ButtonName): boolean {
  if (typeof name === 'string') return button.label === name;
  if (name instanceof RegExp) return name.test(button.label);
  const carried = carriedBy(button);
  return Object.entries(name).every(([param, value]) => carried[param] === value);
}

/** Everything that a button's tap carries, its own parameters beside those of every button. */
export function carriedBy({ params }: RenderedButton): Readonly<Record<string, unknown>> {
  return { ...(JSON.parse(String(params.extra ?? '{}')) as object), ...params };
}

function reads(text: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? text.includes(words) : words.test(text);
}
