import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Person } from '../protocol/page-protocol.ts';
import type { Courier } from '../push/courier.ts';
import { memberEvent } from '../push/member-events.ts';
import type { SandboxPerson } from '../store/people.ts';
import { CORP_ID, unionIdOf } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { ControlError, notFound, shaped } from './control-error.ts';

const idSchema = z.string().regex(/^[\w@.$+/=-]{1,64}$/);
const personSchema = z.object({
  userId: idSchema.optional(),
  name: z.string().trim().min(1).max(80),
  mobile: z.string().regex(/^\+?[\d -]{5,20}$/),
  joined: z.boolean().default(true),
  about: z.string().trim().max(80).optional(),
});
const groupSchema = z.object({
  conversationId: idSchema.optional(),
  title: z.string().trim().min(1),
  members: z.array(z.string()).min(1),
});
const signInSchema = z.object({ corpId: z.string(), clientId: z.string().optional() });

/** How the page and the control API speak of a person. */
export function asPerson(person: SandboxPerson): Person {
  return { userId: person.userId, name: person.name, joined: person.state === 'joined', about: person.about };
}

export function addPerson(world: World, body: unknown): { userId: string; unionId: string } {
  const wanted = shaped(personSchema, body);
  const userId = wanted.userId ?? `u${randomUUID().slice(0, 8)}`;
  const taken = world.people.find(userId) ?? world.people.findGroup(userId);
  if (taken !== undefined) throw new ControlError(409, 'exists', `${userId} is taken`);
  if (world.people.byMobile(wanted.mobile)) throw new ControlError(409, 'exists', 'somebody has this number');
  const unionId = unionIdOf(userId);
  const { name, mobile, joined, about = joined ? 'in the organisation' : 'outside the organisation' } = wanted;
  world.people.add({ userId, unionId, name, mobile, state: joined ? 'joined' : 'outside', about });
  world.changes.announce('people');
  return { userId, unionId };
}

/** The person accepts the Org invitation: `user_add_org`, then `user_active_org` (dingtalk 2.4). Already in: nothing. */
export function join(world: World, courier: Courier, userId: string): { userId: string; joined: true } {
  const person = found(world, userId);
  if (person.state === 'joined') return { userId, joined: true };
  const added = world.db.transaction(() => {
    world.people.setState(userId, 'joined');
    world.chat.rewordInvitations(userId, 'You joined Alipay Partners.');
    return ['user_add_org', 'user_active_org'].map((type) => memberEvent(world, courier, type, userId));
  });
  for (const { go } of added) go();
  world.changes.announce('people');
  return { userId, joined: true };
}

export function leave(world: World, courier: Courier, userId: string): { userId: string; joined: false } {
  const person = found(world, userId);
  if (person.state !== 'joined') return { userId, joined: false };
  const { go } = world.db.transaction(() => {
    world.people.setState(userId, 'left');
    return memberEvent(world, courier, 'user_leave_org', userId);
  });
  go();
  world.changes.announce('people');
  return { userId, joined: false };
}

export function addGroup(world: World, body: unknown): { conversationId: string } {
  const { conversationId = `cid${randomUUID().slice(0, 12)}`, title, members } = shaped(groupSchema, body);
  if (world.people.findGroup(conversationId) ?? world.people.find(conversationId)) {
    throw new ControlError(409, 'exists', `${conversationId} is taken`);
  }
  for (const member of members) {
    if (found(world, member).state !== 'joined') throw new ControlError(403, 'notJoined', `${member} is outside`);
  }
  world.people.addGroup({ conversationId, title, members: [...new Set(members)] });
  world.changes.announce('people');
  return { conversationId };
}

/** What DingTalk's client gives to a web page that asks who opened it, for one app. Errors: `notJoined`, `wrongOrganisation`. */
export function authCodeFor(world: World, userId: string, body: unknown): { code: string } {
  const { corpId, clientId = world.seed.app.clientId } = shaped(signInSchema, body);
  if (corpId !== CORP_ID) throw new ControlError(403, 'wrongOrganisation', `${corpId} has no such app`);
  if (found(world, userId).state !== 'joined') throw new ControlError(403, 'notJoined', `${userId} is outside`);
  return { code: world.authCodes.issue(userId, clientId) };
}

function found(world: World, userId: string): SandboxPerson {
  const person = world.people.find(userId);
  if (person === undefined) throw notFound(`person ${userId}`);
  return person;
}
