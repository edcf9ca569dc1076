import { randomInt } from 'node:crypto';
import { unionIdOf } from './seed.ts';
import type { World } from './world.ts';

/** Fills empty state with the world's seed, and with the card template when there is one. */
export function plant(world: World, templateSource: string | undefined): void {
  const { app, templateId, people, groups } = world.seed;
  world.db.transaction(() => {
    world.apps.add(app.clientId, app.clientSecret);
    for (const person of people) world.people.add({ ...person, unionId: unionIdOf(person.userId) });
    for (const group of groups) world.people.addGroup(group);
    if (templateSource !== undefined) world.templates.save(templateId, templateSource, true);
    world.settings.setNumber('seeded', 1);
    world.settings.setNumber('epoch', randomInt(2 ** 47));
  });
}
