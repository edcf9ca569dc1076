import type { Card, CardLine } from '../../models/cards.ts';
import type { Person } from '../../models/people.ts';
import type { CardParams } from './platform.ts';

/** A card as it should stand now. */
export interface Rendered {
  readonly params: CardParams;
  /** One line for the conversation list. */
  readonly preview: string;
  /** The wanted version that this was drawn for. */
  readonly version: number;
  readonly hash: string;
  readonly formOpen: boolean;
}

/** Draws cards from the present state, in the viewer's language. */
export interface Renderer {
  /** `card` as it is stored now; its viewer is looked up unless given. `line` stands on top, for this drawing only. */
  render(card: Card, more?: { viewer?: Person; line?: CardLine }): Promise<Rendered>;
  /** "Got it. Checking…" in place of a card whose tap takes long. */
  working(outTrackId: string, userId: string): Promise<CardParams>;
  /** "This card belongs to …" for somebody else who tapped it. */
  othersCard(card: Card, userId: string, ownerId: string): Promise<CardParams>;
}
