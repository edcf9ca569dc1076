/** The longest question or answer, in characters as a person counts them. */
export const LONGEST_QUESTION = 300;

/** What is asked within this after the first question stands on the same card. */
export const SAME_CARD_MS = 3_600_000;

/** As many questions as one card takes, so that nobody fills an admin's chat. */
export const MOST_ON_A_CARD = 10;

/** One thing that was said, in their own words. */
export interface Said {
  /** By `clock.now()`, milliseconds. */
  readonly at: number;
  readonly statement: string;
  /** Of a question: the shop in hand when it was asked. */
  readonly shop?: string | undefined;
  /** Of a question about a line of the ledger: which, and of which fee of which month. */
  readonly about?: FeeAsked | undefined;
}

/** What of the fees a question is about; `month` as in `202611`. */
export type FeeAsked = Readonly<Record<'line' | 'fee' | 'month', string>>;

/** What an admin said, and to how many of the questions: those that had been asked when they began to write. */
export interface Answer extends Said {
  readonly to: number;
}

/** Whether something was asked that nobody has answered. */
export function isUnanswered(asked: readonly Said[], answers: readonly Answer[]): boolean {
  return asked.length > Math.max(0, ...answers.map(({ to }) => to));
}

/** Whether a further question grows the card of one that was first asked at `askedAt`. */
export function isSameCard(askedAt: number, now: number): boolean {
  return now >= askedAt && now < askedAt + SAME_CARD_MS;
}
