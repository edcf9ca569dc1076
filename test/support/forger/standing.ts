import type { Forger } from './cast.ts';
import type { Row, StoredState } from './stored-state.ts';

/** What somebody is allowed by, as it is stored at one moment. */
export interface Standing {
  readonly userId: string;
  readonly isoId: string | undefined;
  readonly role: string;
  /** In an ISO, and neither paused nor out of the organisation. */
  readonly works: boolean;
  readonly supervisorId: string | undefined;
  /** Theirs is what these have in hand. */
  readonly hands: readonly string[];
}

export function standingOf(state: StoredState, userId: Forger | string): Standing {
  const row = state.get('peoples')?.get(userId);
  const isoId = textIn(row, 'isoId');
  const works = row?.state === 'ACTIVE' && isoId !== undefined;
  const role = String(row?.role ?? 'STAFF');
  const team = [...(state.get('peoples')?.values() ?? [])].filter(
    (one) => works && role === 'SUPERVISOR' && one.supervisorId === userId && one.isoId === isoId,
  );
  const hands = [userId, ...team.map(({ _id }) => _id)];
  return { userId, isoId, role, works, supervisorId: textIn(row, 'supervisorId'), hands };
}

export function textIn(row: Row | undefined, field: string): string | undefined {
  const value = row?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** The requests and invitations by which somebody has to do with an ISO. */
export function associationsOf(state: StoredState, userId: string): readonly Row[] {
  return [...(state.get('associations')?.values() ?? [])].filter((row) => row.userId === userId);
}
