import type { CaptureRefusal, CaptureState } from '../protocol.ts';
import type { placeAsker } from './ask-place.ts';
import { getState, signIn } from './bot.ts';
import { part, say } from './elements.ts';
import { isMadeAnew } from './own-language.ts';
import type { PhoneStore } from './phone-store.ts';
import type { PageTexts } from './texts.ts';

/** How long what was last known may be shown to whoever opens the page without a network. */
const LAST_STATE_LIVES_MS = 24 * 3_600_000;
const LATE_MS = 4_000;

type Answer = CaptureState | CaptureRefusal | 'noConnection';

interface StandingOptions {
  readonly texts: PageTexts;
  readonly store: PhoneStore;
  readonly places: ReturnType<typeof placeAsker>;
  /** A code of DingTalk's client for whoever is looking; nothing outside of it. */
  readonly authCode: (() => Promise<string | undefined>) | undefined;
  readonly nonce: string;
  readonly draw: () => Promise<void>;
}

/** Who is looking and what is asked of them, as the bot says it, or as it said it last. */
export class Standing {
  readonly #options: StandingOptions;
  state: CaptureState | undefined;
  /** When that was so, if it is not so now for sure; the phone's clock. */
  asOf: number | undefined;
  connected = true;
  /** How far the phone's clock is ahead of the bot's, milliseconds; known while connected. */
  aheadMs = 0;
  /** On a slow network an answer takes longer than it is until the next one is asked for. */
  isAsking = false;

  constructor(options: StandingOptions) {
    this.#options = options;
  }

  /** Asks the bot how things stand; signs in where it does not know who is looking. */
  async refresh(): Promise<void> {
    const { texts, store, draw } = this.#options;
    const late = setTimeout(() => void this.#showLast(), LATE_MS);
    this.isAsking = true;
    const answer = await this.#known();
    this.isAsking = false;
    clearTimeout(late);
    if (answer === 'noConnection') {
      this.connected = false;
      await this.#showLast();
      if (this.state === undefined) say(part('say'), texts.noConnection);
      part('again').hidden = this.state !== undefined;
    } else if ('outcome' in answer) {
      this.connected = true;
      this.state = undefined;
      await store.forgetState();
      say(part('say'), answer.text);
      part('again').hidden = answer.outcome === 'refused' || this.#options.authCode === undefined;
    } else {
      this.connected = true;
      await this.#isNow(answer);
    }
    await draw();
  }

  /** The phone says that its network is gone. */
  async offline(): Promise<void> {
    this.connected = false;
    await this.#showLast();
    await this.#options.draw();
  }

  /** Whoever has the phone now says that it is not for them: nothing of the other stays on the page, and DingTalk is asked anew. */
  async notYou(): Promise<void> {
    const { texts, store, draw } = this.#options;
    this.state = undefined;
    await store.forgetState();
    await draw();
    say(part('say'), texts.opening);
    const answer = await this.#signedIn();
    if (answer !== 'noConnection' && !('outcome' in answer)) await this.#isNow(answer);
    else say(part('say'), answer === 'noConnection' ? texts.noConnection : answer.text);
    await draw();
  }

  async #isNow(answer: CaptureState): Promise<void> {
    const { store, places } = this.#options;
    if (this.state === undefined && isMadeAnew(answer.language)) return;
    this.state = answer;
    this.asOf = undefined;
    this.aheadMs = Date.now() - answer.now;
    say(part('say'), undefined);
    part('again').hidden = true;
    if (answer.location === 'ask') places.prepare();
    await store.keepState(answer, Date.now());
    if (answer.work !== undefined) await store.renewTickets(answer.who, answer.work.ref, answer.ticket);
  }

  /** How things stood, where nobody can say how they stand: only what was known lately. */
  async #showLast(): Promise<void> {
    const { store, draw } = this.#options;
    if (this.state !== undefined) {
      this.asOf ??= Date.now();
      return;
    }
    const last = await store.lastState().catch(() => undefined);
    if (last === undefined || Math.abs(Date.now() - last.at) > LAST_STATE_LIVES_MS) return;
    this.state = last.state;
    this.asOf = last.at;
    say(part('say'), undefined);
    await draw();
  }

  async #known(): Promise<Answer> {
    const answer = await getState();
    if (answer === 'noConnection' || !('outcome' in answer) || answer.outcome !== 'whoAreYou') return answer;
    return this.#signedIn();
  }

  async #signedIn(): Promise<Answer> {
    const { texts, authCode, nonce } = this.#options;
    if (authCode === undefined) return { outcome: 'whoAreYou', text: texts.elsewhere };
    const code = await authCode().catch(() => undefined);
    if (code === undefined) return { outcome: 'whoAreYou', text: texts.whoAreYou };
    const answer = await signIn({ nonce, code });
    if (answer === 'noConnection') return answer;
    if (answer.outcome !== 'signedIn') return answer;
    return getState();
  }
}
