import type { WorkName } from '../../cards/photos/work-name.ts';
import type { CardLine } from '../../models/cards.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Context } from '../../src/bot/context.ts';
import type { FormValue } from '../../src/platform/update.ts';

/** Who asks, and when: in a transaction, or for a card that is drawn. */
export interface Asking extends Pick<Context, 'person' | 'now'> {
  readonly tx?: Reads | undefined;
}

/** What photos can be sent for, as a line names it. */
export interface PhotoWork extends WorkName {
  /** Its own; another than was asked for where other work of that shop goes on in its place. */
  readonly id: string;
  readonly isoId: string;
  readonly version: number;
  /** Why nothing can be added any more; undefined while something can. */
  readonly ended: 'submitted' | 'discarded' | 'over' | undefined;
  /** Said of photos that come late, or not in time, where that is not said of a shop. */
  readonly saysLate?: CardLine | undefined;
}

/** A photo that has just come. Its verdict follows once it was fetched and checked. */
export interface SentPhoto {
  readonly photoId: string;
  /** When it was sent, or taken on the page beside the chat, milliseconds by DingTalk's clock. */
  readonly at: number;
  /** Which of the work's places it was taken for, as `PhotoTarget.asks` named it; absent where the chat tells. */
  readonly slot?: string | undefined;
}

/** A form that was filled in for the work, on the page beside the chat. */
export interface FilledForm {
  /** As `PhotoTarget.forms` named it. */
  readonly slot: string;
  /** What was not drawn so. */
  readonly values: Readonly<Record<string, FormValue>>;
  readonly at: number;
}

/** A code that was scanned for a place of the work, or typed there. */
export interface ScannedCode {
  readonly slot: string;
  readonly code: string;
  readonly isTyped: boolean;
  readonly at: number;
}
