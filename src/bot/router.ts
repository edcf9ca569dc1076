import { AppError } from '@field/kit/errors';
import type { Action } from '../../cards/actions.ts';
import type { CommandWord } from '../../cards/words.ts';
import type { Who } from '../domain/who.ts';
import type { EventType } from '../platform/event.ts';
import type { EventContext, MessageContext, TapContext } from './context.ts';
import {
  answeringOn,
  commandingOn,
  type SubjectHandler,
  type TapSubject,
  type VersionedSubject,
} from './tap-subject.ts';

export type TapHandler = (ctx: TapContext) => Promise<void>;
export type MessageHandler = (ctx: MessageContext) => Promise<void>;
export type TextHandler = (ctx: MessageContext) => Promise<boolean>;
export type EventHandler<T extends EventType = EventType> = (ctx: EventContext<T>) => Promise<void>;

interface Route<H> {
  readonly who: Who;
  readonly handle: H;
}

/** `tap` opens something, or is about nothing that is stored but who taps; `answer` and `command` have a subject (architecture 4). */
export type TapManner = 'tap' | 'answer' | 'command';

interface TapRoute extends Route<TapHandler> {
  readonly manner: TapManner;
}

/** Where every behaviour is found: from a tap's action, a word, a text, photos or an event to its handler. */
export class Router {
  readonly #taps = new Map<Action, TapRoute>();
  readonly #evenPaused = new Set<string>();
  readonly #words = new Map<CommandWord, Route<MessageHandler>>();
  readonly #events = new Map<EventType, EventHandler>();
  #mention: MessageHandler | undefined;
  #text: TextHandler | undefined;
  #caption: MessageHandler | undefined;
  #photos: MessageHandler | undefined;

  /** `action` is the tap's `params.action`, as in `promotion.submit`. Throws `bug.unexpected` where it is routed already. */
  tap(action: Action, who: Who, handle: TapHandler): this {
    return this.#route(action, { manner: 'tap', who, handle });
  }

  /**
   * What is said of a subject, or opens it: a form, a choice, *Back*. It is never refused for age: `handle` gets the subject while it is
   * this person's and open, and merges.
   */
  answer<S>(action: Action, who: Who, subject: TapSubject<S>, handle: SubjectHandler<S>): this {
    return this.#route(action, { manner: 'answer', who, handle: answeringOn(subject, handle) });
  }

  /**
   * What is done to a subject as the person saw it: submit, approve, discard, withdraw. From a card that was drawn from another version
   * of it nothing is done.
   */
  command<S>(action: Action, who: Who, subject: VersionedSubject<S>, handle: SubjectHandler<S>): this {
    return this.#route(action, { manner: 'command', who, handle: commandingOn(subject, handle) });
  }

  #route(action: Action, route: TapRoute): this {
    if (this.#taps.has(action)) throw new AppError('bug.unexpected', { routedTwice: action });
    this.#taps.set(action, route);
    return this;
  }

  /** These are for who is paused, too, if they might without that. Everything else is not. */
  evenPaused(actions: readonly Action[]): this {
    for (const action of actions) this.#evenPaused.add(action);
    return this;
  }

  word(word: CommandWord, who: Who, handle: MessageHandler): this {
    this.#words.set(word, { who, handle });
    return this;
  }

  /** Anything said to the bot in a group, by anyone. */
  mention(handle: MessageHandler): this {
    this.#mention = handle;
    return this;
  }

  /** Any other text of staff; answers whether it meant something. */
  text(handle: TextHandler): this {
    this.#text = handle;
    return this;
  }

  /** What staff wrote beside pictures, once those were taken. */
  caption(handle: MessageHandler): this {
    this.#caption = handle;
    return this;
  }

  /** Pictures of staff, with or without text. */
  photos(handle: MessageHandler): this {
    this.#photos = handle;
    return this;
  }

  /** Throws `bug.unexpected` where the type is routed already. */
  event<T extends EventType>(type: T, handle: EventHandler<T>): this {
    if (this.#events.has(type)) throw new AppError('bug.unexpected', { routedTwice: type });
    this.#events.set(type, async (ctx) => {
      if (isOf(type, ctx)) await handle(ctx);
    });
    return this;
  }

  /** Nothing in a tap is trusted: what is no action of ours has no route. */
  forTap(action: string): TapRoute | undefined {
    const taps: ReadonlyMap<string, TapRoute> = this.#taps;
    return taps.get(action);
  }

  isEvenPaused(action: string): boolean {
    return this.#evenPaused.has(action);
  }

  forWord(word: CommandWord): Route<MessageHandler> | undefined {
    return this.#words.get(word);
  }

  forMention(): MessageHandler | undefined {
    return this.#mention;
  }

  forText(): TextHandler | undefined {
    return this.#text;
  }

  forCaption(): MessageHandler | undefined {
    return this.#caption;
  }

  forPhotos(): MessageHandler | undefined {
    return this.#photos;
  }

  forEvent(type: EventType): EventHandler | undefined {
    return this.#events.get(type);
  }

  /** Every action that is routed; a test holds the cards against it. */
  actions(): readonly Action[] {
    return [...this.#taps.keys()];
  }

  /** Every type of event that is routed; a test holds those that there are against it. */
  eventTypes(): readonly EventType[] {
    return [...this.#events.keys()];
  }
}

function isOf<T extends EventType>(type: T, ctx: EventContext): ctx is EventContext<T> {
  return ctx.update.type === type;
}
