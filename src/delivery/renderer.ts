import type { PictureRef } from '../../cards/view.ts';
import type { Asked, Card, CardLine } from '../../models/cards.ts';
import type { Person } from '../../models/people.ts';
import type { Seen } from '../../models/read-ahead.ts';
import type { CardParams } from '../platform/platform.ts';

/** A card as it should stand now. */
export interface Rendered {
  readonly params: CardParams;
  /** One line for the conversation list. */
  readonly preview: string;
  /** What a locked phone may say of it. */
  readonly alert: string;
  /** The wanted version that this was drawn for. */
  readonly version: number;
  readonly hash: string;
  /** What history says that it asked for. */
  readonly asked?: Asked | undefined;
  readonly formOpen: boolean;
  /** When to draw it again (by `machine()`), because a picture is to come. Never under somebody who may be typing. */
  readonly redrawAt: number | undefined;
  /** Pictures to have ready from now on: those that are to come, and those that the next card will show. */
  readonly soon: readonly PictureRef[];
  /** What it reminds of is done or over: nobody who does not have it yet wants it. */
  readonly isOver?: boolean | undefined;
  /** Who pays for what is called because of it: an `isoId`, or `ORGANISATION`. */
  readonly payer: string;
}

export interface HowToRender {
  /** Looked up unless given. */
  readonly viewer?: Person | undefined;
  /** What whoever asks has read and written a moment ago. */
  readonly seen?: Seen | undefined;
  /** Stands on top, for this drawing only. */
  readonly line?: CardLine | undefined;
  /** Waits a few seconds for pictures that are not ready yet: for whoever has no answer to give. */
  readonly patient?: boolean | undefined;
}

/** Draws cards from the present state, in the viewer's language. */
export interface Renderer {
  /** `card` as it is stored now, with the pictures that are ready. */
  render(card: Card, more?: HowToRender): Promise<Rendered>;
  /** "Got it. Checking…" in place of a card whose tap takes long. */
  working(outTrackId: string, userId: string): Promise<CardParams>;
  /** In place of a card of which DingTalk refuses a word: nothing on it was typed by anybody. */
  withoutWords(card: Card): Promise<CardParams>;
  /** "This card belongs to …" for somebody else who tapped it. */
  othersCard(card: Card, userId: string, ownerId: string): Promise<CardParams>;
}
