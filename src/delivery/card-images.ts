import type { PictureRef } from '../../cards/view.ts';

/** Where the pictures on cards lie. A card never waits for one that cannot be had: it is shown without it. */
export interface CardImages {
  /** What can be shown at this moment, without asking DingTalk. */
  find(pictures: readonly PictureRef[]): Promise<FoundImages>;
  /** Has these ready, if that takes no more than a few seconds; `payer` pays for it. Never fails. */
  getReady(pictures: readonly PictureRef[], payer: string): Promise<void>;
  /** Begins to have these ready, for a card that comes later. */
  prepare(pictures: readonly PictureRef[], payer: string): void;
  /** What is stored began anew: nothing is known of it any more. */
  forget(): void;
  /** Resolves when what was begun is finished. */
  close(): Promise<void>;
}

export interface FoundImages {
  /** An address or a `media_id`, by `imageKey`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Those that are to come. One that was given up is neither here nor there. */
  readonly awaited: readonly PictureRef[];
  /** When the first of them may come, by `machine()`. */
  readonly awaitedAt?: number | undefined;
}
