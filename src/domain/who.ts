import { isShutOut, type PersonRole, type PersonState } from './person-state.ts';

/**
 * Who may do something: `anyone` in the chat; who was in an ISO `formerly`, for some time after it; `staff` that works for an ISO and is
 * not paused, and so a `supervisor`, for their own team alone, and an `admin`, for their own ISO.
 */
export const WHO = ['anyone', 'formerly', 'staff', 'supervisor', 'admin'] as const;
export type Who = (typeof WHO)[number];

interface Somebody {
  readonly state: PersonState;
  readonly role: PersonRole;
  readonly isoId?: string | undefined;
  readonly formerIso?: { readonly until: number } | undefined;
}

/** Whether somebody is one of them at this moment, by `clock.now()`. */
export function isOneOf({ state, role, isoId, formerIso }: Somebody, who: Who, now: number): boolean {
  const works = state === 'ACTIVE' && isoId !== undefined;
  switch (who) {
    case 'anyone':
      return true;
    case 'formerly':
      return !isShutOut(state) && formerIso !== undefined && formerIso.until > now;
    case 'staff':
      return works;
    case 'supervisor':
      return works && role !== 'STAFF';
    case 'admin':
      return works && role === 'ADMIN';
  }
}
