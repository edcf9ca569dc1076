import { AppError } from '@field/kit/errors';
import { beginMembership } from '../../handlers/association/begin-membership.ts';
import { mustStayAdmin } from '../../handlers/association/last-admin.ts';
import { leaveIso } from '../../handlers/association/leave-iso.ts';
import { changeMembership } from '../../handlers/people/change-member.ts';
import { addAssociations, findAssociation, membershipOf, moveAssociation } from '../../models/associations.ts';
import type { Iso } from '../../models/isos.ts';
import { findPerson, type Person, peopleOf } from '../../models/people.ts';
import { personalUsage } from '../../models/personal-usage.ts';
import type { Context } from '../bot/context.ts';
import { monthOf } from '../domain/limits.ts';
import { canChange, type MemberChange } from '../domain/member-change.ts';
import { asOperator } from './as-operator.ts';
import { OP, type Operator } from './command.ts';
import { isoWith, lastAdmin } from './isos.ts';

type Doer = Pick<Operator, 'ids' | 'now'>;

/** Somebody of an ISO, for its operator: never a phone. */
export interface PersonLine extends Pick<Person, 'userId' | 'name' | 'state' | 'role' | 'supervisorId' | 'activeAt'> {}

export interface PeopleList {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly people: readonly PersonLine[];
}

/** Whom a command is about, and of which ISO. */
export interface MemberOf {
  readonly email: string;
  readonly userId: string;
}

export interface Changed {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly person: PersonLine;
}

/** Everybody of an ISO, by name. Errors: `iso.unknown`. */
export async function listPeople(email: string): Promise<PeopleList> {
  const iso = await isoWith(email);
  const people = (await peopleOf(iso.isoId)).map(lineOf).sort((a, b) => a.name.localeCompare(b.name));
  return { iso: { email: iso.email, name: iso.name }, people };
}

/** What somebody caused in a month. */
export interface UsageLine extends Pick<Person, 'userId' | 'name'> {
  readonly pushes: number;
  readonly calls: number;
}

/**
 * Whoever of an ISO caused something in the month of `now`, most pushes first; who left it meanwhile, under their id alone. Errors:
 * `iso.unknown`.
 */
export async function listUsage(email: string, now: number) {
  const iso = await isoWith(email);
  const month = monthOf(now);
  const theirs = (await personalUsage(month)).filter(({ isoId }) => isoId === iso.isoId);
  const names = new Map((await peopleOf(iso.isoId)).map(({ userId, name }) => [userId, name]));
  const people = theirs
    .map(({ userId, pushes, calls }): UsageLine => {
      const sum = Object.values(calls).reduce((all, some) => all + some, 0);
      return { userId, name: names.get(userId) ?? '', pushes, calls: sum };
    })
    .sort((one, other) => other.pushes - one.pushes || other.calls - one.calls);
  return { iso: { email: iso.email, name: iso.name }, month, people };
}

/**
 * Changes somebody's place in their ISO as an admin of it would; told to them when the bot runs. Errors: `iso.unknown`, `person.unknown`,
 * `person.cannot`, `admin.last`.
 */
export async function changePlace({ email, userId }: MemberOf, change: MemberChange, doer: Doer): Promise<Changed> {
  const iso = await isoWith(email);
  return await asOperator(iso.isoId, doer, async (ctx) => {
    const person = await memberOf(iso, userId, ctx);
    if (!canChange(person, change)) throw cannot(person, change);
    const changed = await changeMembership(ctx, person, change);
    return { iso: { email: iso.email, name: iso.name }, person: lineOf(changed) };
  });
}

/**
 * Moves somebody to another ISO, as staff of it: they leave the one, whose admins read that they have left and never where to.
 * Errors: `iso.unknown`, `person.unknown`, `person.cannot`, `admin.last`.
 */
export async function movePerson({ email, userId, to }: MemberOf & { to: string }, doer: Doer): Promise<Changed> {
  const [from, into] = [await isoWith(email), await isoWith(to)];
  if (from.isoId === into.isoId) throw new AppError('person.cannot', { say: `${userId} is at ${into.name} already.` });
  return await asOperator(into.isoId, doer, async (ctx) => {
    const person = await memberOf(from, userId, ctx);
    if (person.state === 'SUSPENDED') throw cannot(person, 'resume');
    const phone = (await membershipOf(userId, from.isoId, ctx.tx))?.phone;
    if (await mustStayAdmin(person, ctx.tx)) throw lastAdmin(from);
    await leaveIso({ ...ctx, person });
    const left = (await findPerson(userId, ctx.tx)) ?? person;
    const { isoId } = into;
    if (phone !== undefined) await joinBy(ctx, { isoId, userId, name: person.name, phone });
    const moved = await beginMembership(left, { isoId, name: person.name, language: into.language }, ctx.tx);
    ctx.touchViewer(userId);
    const line = { key: 'association.welcome', args: { iso: into.name } } as const;
    ctx.showTo(userId, { view: 'menu', subject: { kind: 'person', id: userId }, line });
    ctx.audit('member.move', { kind: 'person', id: userId });
    return { iso: { email: into.email, name: into.name }, person: lineOf(moved) };
  });
}

/** The association by which they work there: what an invitation leads to. */
async function joinBy(
  ctx: Context,
  one: { readonly isoId: string; readonly userId: string; readonly name: string; readonly phone: string },
): Promise<void> {
  const requestId = ctx.ids.next();
  const asked = { ...one, requestId, channel: 'INVITE' as const, at: ctx.now, approvedBy: 'operator' };
  await addAssociations([asked], ctx.tx);
  const added = await findAssociation(requestId, ctx.tx);
  if (added !== undefined) await moveAssociation(added, { state: 'ACTIVE' }, ctx.tx);
}

async function memberOf(iso: Iso, userId: string, { tx }: Context): Promise<Person> {
  const person = await findPerson(userId, tx);
  if (person?.isoId === iso.isoId) return person;
  const say = `${userId} is nobody of ${iso.name}. See: ${OP} iso people list ${iso.email}`;
  throw new AppError('person.unknown', { say });
}

const CANNOT: Readonly<Record<MemberChange, string>> = {
  pause: 'is paused already, or not in the organisation',
  resume: 'is not paused; who has left the organisation is at work again once they are back in it',
  makeAdmin: 'is admin already, or does not work at the moment',
  makeSupervisor: 'is supervisor already, or does not work at the moment',
  makeStaff: 'is staff already',
  remove: 'works for no ISO',
};

function cannot({ userId, name }: Person, change: MemberChange): AppError {
  return new AppError('person.cannot', { say: `${name} (${userId}) ${CANNOT[change]}.` });
}

function lineOf({ userId, name, state, role, supervisorId, activeAt }: Person): PersonLine {
  return { userId, name, state, role, supervisorId, activeAt };
}
