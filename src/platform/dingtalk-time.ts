import type { Clock } from '@field/kit/clock';

/** Frames that are remembered, and for how long; of the newest three it does not matter how old they are. */
const MOST = 20;
const FOR_MS = 10 * 60_000;
const ENOUGH = 3;
/** As much as a frame may take on its way, so that less is no difference of the clocks. */
const ON_ITS_WAY_MS = 2_000;
/** From here on somebody has to set a clock. */
const TOLD_FROM_MS = 5_000;

/**
 * DingTalk's clock, which stamps what people do, as far as it is known here: the calendar, and what the clock of this machine is
 * wrong by, or DingTalk's. Learned from frames: each says when it was pushed, and the one that was fastest on its way tells most.
 * They are held against the time that goes by and not against the calendar, so that setting the clock of this machine makes nothing
 * of it wrong.
 */
export class DingTalkTime {
  readonly #clock: Clock;
  readonly #skewed: (aheadMs: number) => void;
  /** `at`: what had gone by then. */
  #heard: readonly { readonly at: number; readonly stamp: number }[] = [];
  #told = false;

  /** `skewed` is called once when the two clocks differ by some seconds, and again only after they did not. */
  constructor(clock: Clock, skewed: (aheadMs: number) => void = () => undefined) {
    this.#clock = clock;
    this.#skewed = skewed;
  }

  /** This moment by DingTalk's clock, milliseconds since the epoch; the calendar's where the two differ by no more than a frame's way. */
  now(): number {
    return this.#clock.now() + this.aheadMs();
  }

  /** How far DingTalk's clock is ahead of the calendar; below zero where it is behind. */
  aheadMs(): number {
    if (this.#heard.length < ENOUGH) return 0;
    const aheadOfElapsed = Math.max(...this.#heard.map(({ at, stamp }) => stamp - at));
    const ahead = aheadOfElapsed + this.#clock.elapsed() - this.#clock.now();
    return Math.abs(ahead) <= ON_ITS_WAY_MS ? 0 : Math.round(ahead);
  }

  /** A frame has come that was pushed at `stamp` by DingTalk's clock. */
  heard(stamp: number): void {
    const at = this.#clock.elapsed();
    const all = [...this.#heard, { at, stamp }].slice(-MOST);
    this.#heard = all.filter((one, index) => at - one.at <= FOR_MS || index >= all.length - ENOUGH);
    this.#tell();
  }

  /** What was heard counts no more: the demo's calendar was moved, and its DingTalk has moved along or was ahead already. */
  forgets(): void {
    this.#heard = [];
  }

  #tell(): void {
    const aheadMs = this.aheadMs();
    if (Math.abs(aheadMs) < TOLD_FROM_MS) this.#told = aheadMs === 0 ? false : this.#told;
    else if (!this.#told) {
      this.#told = true;
      this.#skewed(aheadMs);
    }
  }
}
