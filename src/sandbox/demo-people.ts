import { createHash } from 'node:crypto';
import type { SandboxPerson } from './store/people.ts';
import type { World } from './world.ts';

export const CORP_ID = 'demo-corp';
export const DEMO_APP = { clientId: 'demo-client', clientSecret: 'demo-secret' } as const;
/** The id under which the sandbox knows the product's own card template. */
export const DEMO_TEMPLATE_ID = '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema';
export const DEMO_GROUP = 'cid-demo';

const PEOPLE: readonly Omit<SandboxPerson, 'unionId'>[] = [
  {
    userId: 'admin1',
    name: 'Anong Chai',
    mobile: '+66-812345001',
    state: 'joined',
    about: 'admin of demo@iso.example',
  },
  { userId: 'staff1', name: 'Dao Kamon', mobile: '+66-812345011', state: 'joined', about: 'new here' },
  { userId: 'staff2', name: 'Fah Kanda', mobile: '+66-812345012', state: 'joined', about: 'new here' },
  {
    userId: 'outsider1',
    name: 'Mali Wong',
    mobile: '+66-812345099',
    state: 'outside',
    about: 'outside the organisation',
  },
];

/** A person's unionId follows from the userId, so that it is the same after a reset. */
export function unionIdOf(userId: string): string {
  return createHash('sha256').update(`union ${userId}`).digest('base64url').slice(0, 22);
}

/** Fills empty state: the demo's app, people, group (design 9) and the product's template. */
export function seed(world: World, templateSource: string): void {
  world.db.transaction(() => {
    world.apps.add(DEMO_APP.clientId, DEMO_APP.clientSecret);
    for (const person of PEOPLE) world.people.add({ ...person, unionId: unionIdOf(person.userId) });
    world.people.addGroup({
      conversationId: DEMO_GROUP,
      title: 'Field team',
      members: ['admin1', 'staff1', 'staff2'],
    });
    world.templates.save(DEMO_TEMPLATE_ID, templateSource, true);
    world.settings.setNumber('seeded', 1);
  });
}
