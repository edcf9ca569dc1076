const WORKS = ['draft', 'inspection', 'appeal'] as const;
const ENDS = /\.(submit|resubmit|discard|withdraw|appealSend)$/;

interface Tapped {
  readonly action: string;
  /** What the button is about: `draft:…`, `person:…`. */
  readonly subject: string;
  /** What else it names: the draft that is resumed, the task that is opened. */
  readonly names: readonly string[];
}

/**
 * The works that somebody has gone on from: a photo goes to what was in hand when it was sent, so nobody who has begun another shop
 * photographs for an older card, though it may still ask for it, since nothing has told DingTalk yet that it is history.
 */
export class GoneOn {
  readonly #seen = new Set<string>();
  readonly #left = new Set<string>();
  readonly #over = new Set<string>();

  /** A card of this work was worked on. */
  sees(work: string): void {
    if (isWork(work)) this.#seen.add(work);
  }

  /** `isTaken`: the phone showed that it was; what it did not show may have been all the same. */
  taps({ action, subject, names }: Tapped, isTaken: boolean): void {
    // also by working on another one: that is in hand then
    for (const work of this.#seen) if (work !== subject || ENDS.test(action)) this.#left.add(work);
    if (ENDS.test(action)) this.#over.add(subject);
    if (ENDS.test(action)) return;
    const opened = names.flatMap((name) => WORKS.map((kind) => `${kind}:${name}`));
    // its card may come when another one was opened already
    for (const work of opened) this.#seen.add(work);
    if (isTaken) for (const work of [subject, ...opened]) this.#left.delete(work);
  }

  /** It was submitted, or ended otherwise, as far as this person tapped that: whatever they tap of it on an older card may be refused. */
  isOver(work: string): boolean {
    return this.#over.has(work);
  }

  has(work: string): boolean {
    return this.#left.has(work);
  }
}

function isWork(subject: string): boolean {
  return WORKS.some((kind) => subject.startsWith(`${kind}:`));
}
