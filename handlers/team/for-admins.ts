import type { Card } from '../../models/cards.ts';
import type { Person } from '../../models/people.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';

/** What only an admin sees, of their own ISO: whatever the card was drawn for, the viewer decides (domain A.12-15). */
export function forAdmins(
  load: (card: Card, viewer: Person, isoId: string, now: number) => ReturnType<LoadCard>,
): LoadCard {
  return async (card, viewer, now) =>
    viewer.role === 'ADMIN' && viewer.isoId !== undefined ? await load(card, viewer, viewer.isoId, now) : OLD_CARD;
}
