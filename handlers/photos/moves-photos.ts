import type { PhotoPlace } from '../../cards/photos/photo-place.ts';
import type { CardLine } from '../../models/cards.ts';
import type { Context } from '../../src/bot/context.ts';
import type { PhotoVerdict, Received } from '../../src/flow/engine.ts';
import type { Asking, SentPhoto } from './photo-work.ts';

/** A photo that stands in a piece of work and may be of another shop. */
export interface GatheredPhoto {
  readonly photoId: string;
  readonly place: PhotoPlace;
}

/** How photos leave a piece of work and come to another: of each kind of work that photos are sent for. What is asked of one is open. */
export interface MovesPhotos {
  /** The ids of what the person has begun, the last touched first where that is known. */
  begun(asking: Asking): Promise<readonly string[]>;
  /** The photos in it that may be moved, whoever's it is, and where each stands. */
  gathered(asking: Asking, subjectId: string): Promise<readonly GatheredPhoto[]>;
  /** The photo goes, with what only it had answered. */
  release(ctx: Context, subjectId: string, photoId: string): Promise<void>;
  /** The photo is kept and not used, and what only it had answered goes. */
  putAside(ctx: Context, subjectId: string, photoId: string): Promise<void>;
  /** The photo comes for whichever place wants it; undefined where it cannot be kept there, and nothing was changed. */
  receive(ctx: Context, subjectId: string, photo: SentPhoto, verdict: PhotoVerdict): Promise<Received | undefined>;
  /** Reads what `receive` will ask for, where that hangs on what the photo shows. */
  beforeReceiving?(ctx: Context, subjectId: string, photo: SentPhoto, verdict: PhotoVerdict): Promise<void>;
  /** Shows where the person stands in it. */
  show(ctx: Context, subjectId: string, line?: CardLine): Promise<void>;
}
