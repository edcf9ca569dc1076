import { createHash } from 'node:crypto';
import type { SandboxGroup, SandboxPerson } from '../store/people.ts';

/** The organisation that everything here belongs to. */
export const CORP_ID = 'demo-corp';

/** What a sandbox begins with, and goes back to by a reset. */
export interface Seed {
  /** The app that bots sign in as; messages of people go to it unless they name another. */
  readonly app: { readonly clientId: string; readonly clientSecret: string };
  /** The id under which the card template is known, when one is given. */
  readonly templateId: string;
  readonly people: readonly Omit<SandboxPerson, 'unionId'>[];
  readonly groups: readonly SandboxGroup[];
}

/** Three people in the organisation, one outside, and a group: enough to chat with any bot. */
export const DEFAULT_SEED: Seed = {
  app: { clientId: 'demo-client', clientSecret: 'demo-secret' },
  templateId: '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema',
  people: [
    { userId: 'admin1', name: 'Anong Chai', mobile: '+66-812345001', state: 'joined', about: 'in the organisation' },
    { userId: 'staff1', name: 'Dao Kamon', mobile: '+66-812345011', state: 'joined', about: 'in the organisation' },
    { userId: 'staff2', name: 'Fah Kanda', mobile: '+66-812345012', state: 'joined', about: 'in the organisation' },
    {
      userId: 'outsider1',
      name: 'Mali Wong',
      mobile: '+66-812345099',
      state: 'outside',
      about: 'outside the organisation',
    },
  ],
  groups: [{ conversationId: 'cid-demo', title: 'Field team', members: ['admin1', 'staff1', 'staff2'] }],
};

/** A person's unionId follows from the userId, so that it is the same after a reset. */
export function unionIdOf(userId: string): string {
  return createHash('sha256').update(`union ${userId}`).digest('base64url').slice(0, 22);
}
