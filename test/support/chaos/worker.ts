import { setTimeout as after } from 'node:timers/promises';
import type { Entry, RenderedButton, RenderedField, RenderedForm } from '@field/dingtalk-sandbox/page-protocol';
import { translator } from '../../../cards/text.ts';
import { fieldNamed } from '../../../src/platform/field-names.ts';
import { type Answer, formAnswers } from '../world/form-answers.ts';
import { type SandboxApi, SandboxRefusal, type TapAnswer } from '../world/sandbox-api.ts';
import { type LookedAt, leadsOn, lookedAt, mostForward, type Wish, wishOf } from './card-reading.ts';
import type { Chance } from './chance.ts';
import { FormFilling } from './form-filling.ts';
import { GoneOn } from './gone-on.ts';
import type { Answered, Ledger, Scene } from './ledger.ts';
import { Photographer } from './photographs.ts';

/** How long somebody waits for what a photo or a message changes, before they write to the bot: it is most of what is measured until all can work again. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 400;
/** How often another button than the most forward one is pressed. */
const STRAYS = 0.12;
const DARK = 0.06;
/** The same thing done so often without a change is not done again. */
const ENOUGH = 4;
/** What somebody did last is remembered, for whoever asks why nothing came of it. */
const MOST_TRIED = 60;

const NOT_TAKEN = (['notice.unsaved', 'notice.trouble'] as const).map((key) => translator('en')(key));

type Tapped = Pick<RenderedButton, 'actionId' | 'params'>;

interface WorkerParts {
  readonly userId: string;
  /** Tells this one's words and photos from everybody else's. */
  readonly number: number;
  readonly sandbox: SandboxApi;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

/**
 * Somebody in the field who knows nothing but what stands on cards: fills in a form, sends the photo that is asked for, else presses
 * the button that leads on; tries again where the phone shows that it failed, and writes "menu" where nothing comes.
 */
export class Worker {
  readonly userId: string;
  /** When something last came of what this person did, by `performance.now()`. */
  lastSuccess = 0;
  /** Told of each success, at that time. */
  onSuccess: (at: number) => void = () => undefined;
  readonly #parts: WorkerParts;
  readonly #filling: FormFilling;
  readonly #photographer: Photographer;
  readonly #entries = new Map<number, Entry>();
  readonly #done = new Map<string, number>();
  readonly #goneOn = new GoneOn();
  #tried: { readonly at: number; readonly words: string }[] = [];
  /** Whoever waits for what was sent before this gives it up, by `performance.now()`. */
  #signalBack = 0;

  constructor(parts: WorkerParts) {
    this.userId = parts.userId;
    this.#parts = parts;
    this.#filling = new FormFilling(`w${parts.number}`, parts.chance.fork('words'));
    this.#photographer = new Photographer(parts.number);
  }

  /** Works until it is told to stop; what fails because the sandbox is away is done again. */
  async works(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        await this.#step();
      } catch (error) {
        if (!isAway(error)) throw error;
        await after(LOOK_AGAIN_MS);
      }
      await after(this.#parts.chance.whole(20, 250));
    }
  }

  /** The signal is back on this one's phone: what was sent before and is not there yet is not waited for any longer. */
  seesSignal(): void {
    this.#signalBack = performance.now();
  }

  /** What this person did since then (`performance.now()`), and whether anything came of it: a line each. */
  triedSince(since: number): readonly string[] {
    return this.#tried
      .filter(({ at }) => at >= since)
      .map(({ at, words }) => `${((at - since) / 1_000).toFixed(1)} s ${this.userId} ${words}`);
  }

  /** The chat as it stands, from top to bottom. */
  async looks(waitMs = 0): Promise<readonly Entry[]> {
    const newest = Math.max(0, ...[...this.#entries.values()].map(({ seq }) => seq));
    const changed = await this.#parts.sandbox.conversation(this.userId, this.userId, newest, waitMs);
    for (const entry of changed) this.#entries.set(entry.pos, entry);
    const chat = [...this.#entries.values()].sort((one, other) => one.pos - other.pos);
    for (const { title } of chat.flatMap((entry) => entry.view ?? [])) {
      const [, number] = /^✓ Submitted (P-\w+)/.exec(title) ?? [];
      if (number !== undefined) this.#parts.ledger.submitted.add(number);
    }
    return chat;
  }

  async writes(text: string): Promise<void> {
    const before = Math.max(0, ...(await this.looks()).map(({ pos }) => pos));
    await this.#parts.sandbox.say(this.userId, text);
    this.#ends(`wrote ${text}`, await this.#waits((said) => (said.at(-1)?.pos ?? 0) > before));
  }

  async #step(): Promise<void> {
    const wish = wishOf(await this.looks());
    const isOld = wish?.kind === 'photos' && this.#goneOn.has(wish.card.about);
    if (wish === undefined || isOld || this.#isEnough(wish)) {
      this.#done.clear();
      return this.writes('menu');
    }
    this.#goneOn.sees(wish.card.about);
    switch (wish.kind) {
      case 'form':
        return await this.#fills(wish);
      case 'photos':
        return await this.#photographs(wish);
      case 'press':
        return await this.#presses(wish);
    }
  }

  #isEnough({ card }: Wish): boolean {
    const key = `${card.outTrackId} ${card.text}`;
    const times = (this.#done.get(key) ?? 0) + 1;
    this.#done.set(key, times);
    return times > ENOUGH;
  }

  async #fills({ card, form }: Wish & { kind: 'form' }): Promise<void> {
    const answers = this.#filling.answers(form.fields);
    const filled = formAnswers(form.fields, answers);
    const at = new Date().toISOString();
    const params = { ...form.params, form: filled };
    const drawn = formAnswers(form.fields, {});
    const isAsDrawn = (name: string): boolean => plain(filled[name]) === plain(drawn[name]);
    let acknowledged = false;
    try {
      const taken = await this.#taps(card, { actionId: form.actionId, params });
      const cards = (await this.looks()).flatMap((entry) => lookedAt(entry) ?? []);
      const isOpen = cards.some(({ view }) => view.forms.some((one) => !one.disabled && isSameForm(one, form)));
      acknowledged = taken && !isOpen && !this.#goneOn.isOver(card.about);
    } finally {
      // also of a sandbox that was killed before it answered: the bot may have had it
      this.#notes(card, form.fields, answers, { at, acknowledged, isAsDrawn });
    }
  }

  #notes(
    { about, view }: LookedAt,
    fields: readonly RenderedField[],
    answers: Record<string, Answer>,
    { at, acknowledged, isAsDrawn }: Pick<Answered, 'at' | 'acknowledged'> & { isAsDrawn: (name: string) => boolean },
  ): void {
    const { ledger } = this.#parts;
    const { userId } = this;
    for (const { name, label } of fields) {
      const value = answers[label];
      if (value === undefined) continue;
      // a name on the phone ends with how often the form was asked
      const asking = `${about} ${name.replace(/_[^_]*$/, '')}`;
      const [field, asDrawn] = [fieldNamed(name), isAsDrawn(name)];
      ledger.answers.push({ at, userId, about, title: view.title, field, asking, value, asDrawn, acknowledged });
    }
  }

  async #photographs({ card, scenes }: Wish & { kind: 'photos' }): Promise<void> {
    const { chance } = this.#parts;
    const messages = chance.happens(0.5) ? [scenes] : scenes.map((scene) => [scene]);
    for (const message of messages) await this.#sends(card, message);
    const isAsked = (wish: Wish | undefined): boolean =>
      wish?.kind === 'photos' && wish.card.about === card.about && wish.scenes.some((scene) => scenes.includes(scene));
    const came = await this.#waits((said) => !isAsked(wishOf(said)));
    this.#ends(`sent photos of ${scenes.join(' and ')}`, came);
    if (!came) await this.writes('menu');
  }

  async #sends(card: LookedAt, scenes: readonly Scene[]): Promise<void> {
    const { chance, ledger, sandbox } = this.#parts;
    const { userId } = this;
    const dark = chance.happens(DARK);
    const photos = await Promise.all(scenes.map((scene) => this.#photographer.takes(scene, dark)));
    const at = new Date().toISOString();
    let [msgId, withoutContent] = ['', false];
    try {
      ({ msgId, withoutContent = false } = await sandbox.sendPictures(
        userId,
        photos.map(({ bytes }) => bytes),
      ));
    } finally {
      for (const [index, scene] of scenes.entries()) {
        const { hash = '', code } = photos[index] ?? {};
        const { about, view } = card;
        const ask = `${about} ${view.title} ${scene}`;
        const sent = { at, msgId, withoutContent, userId, hash, scene, code, about, title: view.title, ask };
        ledger.photos.push(sent);
      }
    }
  }

  async #presses({ card, buttons }: Wish & { kind: 'press' }): Promise<void> {
    const { chance } = this.#parts;
    const stray = chance.happens(STRAYS) ? chance.oneOf(buttons.filter(leadsOn)) : undefined;
    const button = stray ?? mostForward(buttons);
    if (button) await this.#taps(card, button);
  }

  async #taps({ outTrackId }: LookedAt, { actionId, params }: Tapped): Promise<boolean> {
    const { ledger, sandbox, chance } = this.#parts;
    const at = new Date().toISOString();
    const { action, subject } = params;
    const tapped = { action: String(action), subject: String(subject), names: namesIn(params.extra) };
    this.#goneOn.taps(tapped, false);
    const answer = await sandbox.tap(outTrackId, { userId: this.userId, actionId, params });
    const { applied, reason, latencyMs } = answer;
    const became = applied ? 'applied' : reason;
    ledger.taps.push(`${at} ${this.userId} ${action} ${subject} on ${outTrackId}: ${became}, ${latencyMs} ms`);
    const taken = isTaken(answer);
    this.#ends(`tapped ${action}: ${became}`, taken);
    if (taken) {
      this.#goneOn.taps(tapped, true);
      ledger.taken += 1;
      return true;
    }
    ledger.untaken += 1;
    await after(chance.whole(100, 1_200));
    return false;
  }

  /** Looks until what the bot has said is like this; whether it was in time. */
  async #waits(until: (said: readonly Entry[]) => boolean): Promise<boolean> {
    const begun = performance.now();
    while (this.#signalBack < begun && performance.now() < begun + PATIENCE_MS) {
      const chat = await this.looks(LOOK_AGAIN_MS);
      if (until(chat.filter(({ from }) => from !== this.userId))) return true;
    }
    return false;
  }

  #ends(what: string, succeeded: boolean): void {
    const at = performance.now();
    this.#tried = [...this.#tried.slice(1 - MOST_TRIED), { at, words: `${what}${succeeded ? '' : ', in vain'}` }];
    if (!succeeded) return;
    this.lastSuccess = at;
    this.onSuccess(at);
  }
}

/** What a button names besides its subject: a form brings it read, a button as a text. */
function namesIn(extra: unknown): readonly string[] {
  const read: unknown = typeof extra === 'string' ? JSON.parse(extra) : extra;
  return Object.values(read ?? {}).map(String);
}

function isSameForm(one: RenderedForm, other: RenderedForm): boolean {
  return one.fields[0]?.name === other.fields[0]?.name;
}

/** A box that was not touched is not ticked. */
function plain(value: unknown): string {
  return JSON.stringify(value || '');
}

/** The sandbox does not answer, or refuses: it is being started again. */
function isAway(error: unknown): boolean {
  return error instanceof SandboxRefusal || (error instanceof TypeError && error.message === 'fetch failed');
}

/** Taken, and not with the word that it cannot be saved, or did not work. */
function isTaken({ applied, response }: TapAnswer): boolean {
  const said = JSON.stringify(response ?? '');
  return applied && !NOT_TAKEN.some((words) => said.includes(words));
}
