import type { PersonRole, PersonState } from './person-state.ts';

/** What can be done about somebody's place in their ISO: by another admin of it, and by an operator. */
export const MEMBER_CHANGES = ['pause', 'resume', 'makeAdmin', 'makeSupervisor', 'makeStaff', 'remove'] as const;
export type MemberChange = (typeof MEMBER_CHANGES)[number];

/** What each role change makes of somebody. */
export const ROLE_AFTER = {
  makeAdmin: 'ADMIN',
  makeSupervisor: 'SUPERVISOR',
  makeStaff: 'STAFF',
} as const satisfies Partial<Record<MemberChange, PersonRole>>;

/** Nothing of theirs is moved by a pause; what falls due so soon is named to whoever pauses. */
export const SOON_DAYS = 7;

/** Whether it makes sense for somebody as they are now; who works for no ISO has no place to change. */
export function canChange({ state, role }: { state: PersonState; role: PersonRole }, change: MemberChange): boolean {
  switch (change) {
    case 'pause':
      return state === 'ACTIVE';
    case 'resume':
      return state === 'PAUSED';
    case 'remove':
      return state !== 'UNKNOWN';
    case 'makeAdmin':
    case 'makeSupervisor':
      return state === 'ACTIVE' && role !== ROLE_AFTER[change];
    case 'makeStaff':
      return state !== 'UNKNOWN' && role !== 'STAFF';
  }
}

/** Whether an ISO would have an admin less who can act. */
export function takesAnAdmin({ state, role }: { state: PersonState; role: PersonRole }, change: MemberChange): boolean {
  return state === 'ACTIVE' && role === 'ADMIN' && change !== 'resume' && change !== 'makeAdmin';
}

export function isMemberChange(name: string | undefined): name is MemberChange {
  return MEMBER_CHANGES.some((change) => change === name);
}
