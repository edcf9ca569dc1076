import type { CaptureState } from '../protocol.ts';
import type { WaitingCapture } from '../waiting.ts';
import { type AskOptions, AskView } from './ask-view.ts';
import { element, part, say } from './elements.ts';
import type { Note } from './phone-store.ts';
import { filled } from './texts.ts';

const CLOCK_MAY_DIFFER_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** What is known as the page is drawn. */
export interface Shown {
  readonly state: CaptureState | undefined;
  /** When that was so, if it is not so now for sure; the phone's clock. */
  readonly asOf: number | undefined;
  readonly waiting: readonly WaitingCapture[];
  readonly notes: readonly Note[];
  readonly connected: boolean;
  readonly sending: boolean;
  /** How far the phone's clock is ahead of the bot's, milliseconds; known while connected. */
  readonly aheadMs: number;
}

/** Draws what is asked for, and how what was taken is on its way. */
export class View {
  readonly #options: AskOptions;
  readonly #asks = new Map<string, AskView>();
  readonly #places = new Map<string, HTMLElement>();
  #work: string | undefined;
  readonly onRead: (note: Note) => void;

  constructor(options: AskOptions, onRead: (note: Note) => void) {
    this.#options = options;
    this.onRead = onRead;
  }

  show(shown: Shown): void {
    const { state } = shown;
    this.#queue(shown);
    this.#notes(shown.notes);
    part('who').hidden = state === undefined;
    if (state === undefined) {
      this.#clear();
      return;
    }
    say(part('name'), state.name);
    say(part('instead'), state.work === undefined ? state.says : undefined);
    say(part('place'), state.location === 'ask' && state.work !== undefined ? this.#options.texts.place : undefined);
    const chat = part('chat') as HTMLAnchorElement;
    chat.href = state.chat;
    chat.hidden = state.chat === '' || (state.work !== undefined && shown.connected && shown.notes.length === 0);
    this.#asked(state, shown.waiting);
  }

  /** What was said last about something taken: beside the thumb that took it. */
  ask(slot: string): AskView | undefined {
    return this.#asks.get(slot);
  }

  #queue({ state, asOf, waiting, connected, sending, aheadMs }: Shown): void {
    const { texts } = this.#options;
    // as long as nobody knows who is looking, nothing is called somebody else's
    const own = waiting.filter(({ who }) => state === undefined || who === state.who).length;
    const others = waiting.length - own;
    const lines = [
      connected || asOf === undefined ? undefined : filled(texts.asItWas, { time: timeOf(asOf, state?.language) }),
      connected ? undefined : texts.offline,
      own > 0 ? filled(connected && sending ? texts.sending : texts.waiting, { count: own }) : undefined,
      own === 0 && this.#hadOwn ? texts.allSent : undefined,
      others > 0 ? filled(texts.others, { count: others }) : undefined,
      Math.abs(aheadMs) > CLOCK_MAY_DIFFER_MS ? filled(texts.clockWrong, { hours: hours(aheadMs) }) : undefined,
    ];
    this.#hadOwn ||= own > 0;
    say(part('queue'), lines.filter((line) => line !== undefined).join('\n'));
  }

  /** Whether something of this person's waited since the page was opened: then it is said once it is gone. */
  #hadOwn = false;

  #notes(notes: readonly Note[]): void {
    const list = part('notes');
    if (list.childElementCount === notes.length) return;
    list.replaceChildren(
      ...notes.map((note) => {
        const button = element('button', { type: 'button', class: 'plain' }, this.#options.texts.read);
        button.onclick = () => this.onRead(note);
        return element('li', {}, element('p', { class: 'problem' }, note.text), button);
      }),
    );
  }

  #asked({ work }: CaptureState, waiting: readonly WaitingCapture[]): void {
    if (work?.ref !== this.#work) this.#clear();
    this.#work = work?.ref;
    say(part('shop'), work?.shop);
    const asks = work?.asks ?? [];
    const stay = new Set(asks.map(({ slot }) => slot));
    for (const [slot, view] of this.#asks) {
      if (stay.has(slot)) continue;
      view.root.remove();
      this.#asks.delete(slot);
    }
    for (const ask of asks) {
      const view = this.#asks.get(ask.slot) ?? new AskView(ask, this.#options);
      if (!this.#asks.has(ask.slot)) this.#place(ask.place).append(view.root);
      this.#asks.set(ask.slot, view);
      view.show(ask, waiting.filter(({ slot }) => slot === ask.slot).length);
    }
    for (const [name, section] of this.#places) {
      if (section.querySelector('.ask') !== null) continue;
      section.remove();
      this.#places.delete(name);
    }
  }

  #place(name: string): HTMLElement {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    // what belongs to the whole shop stands below the shop's own name
    const heading = name === part('shop').textContent ? [] : [element('h2', {}, name)];
    const made = element('section', {}, ...heading);
    this.#places.set(name, made);
    part('asks').append(made);
    return made;
  }

  #clear(): void {
    part('asks').replaceChildren();
    this.#asks.clear();
    this.#places.clear();
    this.#work = undefined;
    say(part('shop'), undefined);
  }
}

function timeOf(at: number, language = 'en'): string {
  const sameDay = new Date(at).toDateString() === new Date().toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(language, sameDay ? time : { day: 'numeric', month: 'short', ...time }).format(at);
}

function hours(ms: number): number {
  return Math.round((Math.abs(ms) / HOUR_MS) * 10) / 10;
}
