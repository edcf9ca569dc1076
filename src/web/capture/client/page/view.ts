import type { CaptureState } from '../protocol.ts';
import type { WaitingCapture } from '../waiting.ts';
import { type AskOptions, AskView } from './ask-view.ts';
import { element, part, say } from './elements.ts';
import { type FormOptions, FormView } from './form-view.ts';
import type { Note } from './phone-store.ts';
import { filled, type PageTexts } from './texts.ts';

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
  readonly #options: AskOptions & FormOptions;
  readonly #asks = new Map<string, AskView>();
  readonly #forms = new Map<string, FormView>();
  readonly #places = new Map<string, Place>();
  #work: string | undefined;
  readonly onRead: (note: Note) => void;

  constructor(options: AskOptions & FormOptions, onRead: (note: Note) => void) {
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
    this.#asked(state, shown.waiting);
  }

  /** What was said last about something taken: beside the thumb that took it. */
  ask(slot: string): AskView | undefined {
    return this.#asks.get(slot);
  }

  /** Whether the bot has yet to answer a form that was sent. */
  get awaitsForm(): boolean {
    return [...this.#forms.values()].some(({ isAwaited }) => isAwaited);
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
      Math.abs(aheadMs) > CLOCK_MAY_DIFFER_MS ? clockWrong(hours(aheadMs), texts) : undefined,
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
    const { asks = [], forms = [] } = work ?? {};
    const waitingFor = (slot: string): number => waiting.filter((one) => one.slot === slot).length;
    keepOnly(this.#asks, asks);
    keepOnly(this.#forms, forms);
    for (const form of forms) {
      const view = this.#forms.get(form.slot) ?? new FormView(form, this.#options);
      this.#forms.set(form.slot, view);
      putInto(this.#place(form.place).forms, view.root);
      view.show(form, waitingFor(form.slot), Date.now());
    }
    for (const ask of asks) {
      const view = this.#asks.get(ask.slot) ?? new AskView(ask, this.#options);
      this.#asks.set(ask.slot, view);
      putInto(this.#place(ask.place).asks, view.root);
      view.show(ask, waitingFor(ask.slot));
    }
    for (const [name, { section }] of this.#places) {
      if (section.querySelector('.ask') !== null) continue;
      section.remove();
      this.#places.delete(name);
    }
    this.#order([...asks, ...forms].map(({ place }) => place));
  }

  /** As one walks through the shop, its own part first; what stands right is not touched. */
  #order(names: readonly string[]): void {
    const root = part('asks');
    for (const [at, name] of [...new Set(names)].entries()) {
      const section = this.#places.get(name)?.section;
      const there = root.children[at] ?? null;
      if (section !== undefined && section !== there) root.insertBefore(section, there);
    }
  }

  #place(name: string): Place {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    // what belongs to the whole shop stands below the shop's own name
    const heading = name === part('shop').textContent ? [] : [element('h2', {}, name)];
    const [forms, asks] = [element('div'), element('div')];
    const section = element('section', {}, ...heading, forms, asks);
    const made = { section, forms, asks };
    this.#places.set(name, made);
    part('asks').append(section);
    return made;
  }

  #clear(): void {
    part('asks').replaceChildren();
    this.#asks.clear();
    this.#forms.clear();
    this.#places.clear();
    this.#work = undefined;
    say(part('shop'), undefined);
  }
}

/** Where what belongs to one place stands: first what is filled in. */
interface Place {
  readonly section: HTMLElement;
  readonly forms: HTMLElement;
  readonly asks: HTMLElement;
}

/** A spot may be named anew by what was filled in: what belongs to it goes along, and nothing else is moved under somebody's finger. */
function putInto(place: HTMLElement, root: HTMLElement): void {
  if (root.parentElement !== place) place.append(root);
}

function keepOnly(
  views: Map<string, { readonly root: HTMLElement }>,
  asked: readonly { readonly slot: string }[],
): void {
  const stay = new Set(asked.map(({ slot }) => slot));
  for (const [slot, { root }] of views) {
    if (stay.has(slot)) continue;
    root.remove();
    views.delete(slot);
  }
}

function timeOf(at: number, language = 'en'): string {
  const sameDay = new Date(at).toDateString() === new Date().toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(language, sameDay ? time : { day: 'numeric', month: 'short', ...time }).format(at);
}

function clockWrong(by: number, texts: PageTexts): string {
  return by === 1 ? texts.clockWrongOneHour : filled(texts.clockWrong, { hours: by });
}

function hours(ms: number): number {
  return Math.round((Math.abs(ms) / HOUR_MS) * 10) / 10;
}
