/** What a picture shows. */
export type Scene = 'storefront' | 'counter' | 'closeup' | 'display';

/** A photo as it was sent, and what the card asked for in that moment. */
export interface SentPhoto {
  /** When, by this machine's clock, ISO 8601. */
  readonly at: string;
  readonly msgId: string;
  /** DingTalk told of the message without what was in it, and keeps the photo to itself. */
  readonly withoutContent: boolean;
  readonly userId: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly scene: Scene;
  /** What stands in the code that it shows. */
  readonly code?: string | undefined;
  /** What the card is about, as its buttons carry it: `draft:…`. */
  readonly about: string;
  /** The card's title, which says the step and the spot. */
  readonly title: string;
  /** Names the asking: one that is met with several photos, since nothing came of the first in sight, has several. */
  readonly ask: string;
}

/** An answer to one field that the phone showed as taken. */
export interface Answered {
  /** When, by this machine's clock, ISO 8601. */
  readonly at: string;
  readonly userId: string;
  readonly about: string;
  readonly title: string;
  readonly field: string;
  /** The field of one form of one work, however often it is asked. */
  readonly asking: string;
  readonly value: string | number | boolean | readonly string[];
  /** It equals what was drawn, which is no answer (architecture 4): what was answered before stays. */
  readonly asDrawn: boolean;
  /** `false`: it was tapped, and nothing says whether it came. */
  readonly acknowledged: boolean;
}

/** What six people know of their own work: all that may not be lost, doubled or misplaced. */
export class Ledger {
  readonly photos: SentPhoto[] = [];
  /** In the order of tapping. */
  readonly answers: Answered[] = [];
  /** The numbers that cards called submitted: `P-7K3M`. */
  readonly submitted = new Set<string>();
  /** Every tap that was answered, a line each, for whoever looks for the cause of something. */
  readonly taps: string[] = [];
  /** Taps that the phone showed as taken. */
  taken = 0;
  /** Taps of which it showed that they were not. */
  untaken = 0;
}
