import type { PersonRole, PersonState } from './person-state.ts';

/**
 * Who may do something, each including those after it: `anyone` in the chat; `staff` that works for an ISO and is not paused; a
 * `supervisor`, for their own team alone; an `admin`, for their own ISO.
 */
export const WHO = ['anyone', 'staff', 'supervisor', 'admin'] as const;
export type Who = (typeof WHO)[number];

interface Somebody {
  readonly state: PersonState;
  readonly role: PersonRole;
  readonly isoId?: string | undefined;
}

/** Whether somebody is one of them at this moment. */
export function isOneOf({ state, role, isoId }: Somebody, who: Who): boolean {
  const works = state === 'ACTIVE' && isoId !== undefined;
  switch (who) {
    case 'anyone':
      return true;
    case 'staff':
      return works;
    case 'supervisor':
      return works && role !== 'STAFF';
    case 'admin':
      return works && role === 'ADMIN';
  }
}
