import type { Card } from '../../models/cards.ts';
import type { WhoseFailures } from '../../models/failure-lists.ts';
import { type Person, teamOf } from '../../models/people.ts';
import type { Seen } from '../../models/read-ahead.ts';
import type { Reads } from '../../models/single-write.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { isOneOf } from '../../src/domain/who.ts';

/** What only an admin sees, of their own ISO: whatever the card was drawn for, the viewer decides (domain A.12-15). */
export function forAdmins(
  load: (card: Card, viewer: Person, isoId: string, now: number, seen?: Seen) => ReturnType<LoadCard>,
): LoadCard {
  return async (card, viewer, now, seen) =>
    viewer.role === 'ADMIN' && viewer.isoId !== undefined
      ? await load(card, viewer, viewer.isoId, now, seen)
      : OLD_CARD;
}

/** Whose work somebody looks after: of their ISO everybody's, or that of their own team. */
export interface Scope {
  readonly isoId: string;
  readonly everybody: boolean;
  /** Of whom, where it is not everybody. */
  readonly team: readonly string[];
  has(userId: string | undefined): boolean;
}

/** What an admin sees of their ISO and a supervisor of their own team, and nobody else of anybody. */
export function forThoseInCharge(
  load: (card: Card, viewer: Person, scope: Scope, now: number, seen?: Seen) => ReturnType<LoadCard>,
): LoadCard {
  return async (card, viewer, now, seen) => {
    const scope = await scopeOf(viewer, now, seen);
    return scope === undefined ? OLD_CARD : await load(card, viewer, scope, now, seen);
  };
}

/** Undefined for who is in charge of nobody. */
export async function scopeOf(viewer: Person, now: number, tx?: Reads): Promise<Scope | undefined> {
  const { userId, isoId } = viewer;
  if (isoId === undefined || !isOneOf(viewer, 'supervisor', now)) return undefined;
  if (isOneOf(viewer, 'admin', now)) return { isoId, everybody: true, team: [], has: () => true };
  const team = new Set((await teamOf(userId, isoId, tx)).map((one) => one.userId));
  return { isoId, everybody: false, team: [...team], has: (other) => other !== undefined && team.has(other) };
}

/** The failures that somebody looks after. */
export function failuresIn({ isoId, everybody, team }: Scope): WhoseFailures {
  return everybody ? { isoId } : { hands: team };
}
