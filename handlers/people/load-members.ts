import type { MemberModel, OpenCounts } from '../../cards/team/member.ts';
import type { Heirs } from '../../cards/team/member-change.ts';
import { membershipOf } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { findPerson, type Person, peopleOf } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import { talliesByDay } from '../../models/tallies.ts';
import { accountOf } from '../../models/test-accounts.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { isLanguage } from '../../src/domain/languages.ts';
import { canChange, MEMBER_CHANGES } from '../../src/domain/member-change.ts';
import { daysOf } from '../../src/domain/result-period.ts';
import { maskedAccount } from '../../src/domain/test-account.ts';
import { type Counts, sumOfCounts, tallyIn } from '../../src/domain/work-counts.ts';
import { supervisorOf } from '../hand-over/leave-behind.ts';
import { todayOf } from '../review/my-results.ts';
import { forAdmins, forThoseInCharge, type Scope } from '../team/for-admins.ts';
import { HERE } from '../team/load-cards.ts';
import { countOpenWork } from './count-open-work.ts';
import { changeNamed } from './members.ts';

const byName = new Intl.Collator('en', { numeric: true });

/** Somebody of the ISO, or of the supervisor's own team, or themselves: who it is, how their work stands, what is open. */
export const loadMember = forThoseInCharge(async (card, viewer, scope, now, seen) => {
  const person = await memberIn(scope, viewer, card.subject.id, seen);
  if (person === undefined) return OLD_CARD;
  const { userId, name, role, language, activeAt, supervisorId } = person;
  const { isoId } = scope;
  const [iso, membership, supervisor, counts, open] = await Promise.all([
    findIso(isoId, seen),
    membershipOf(userId, isoId),
    supervisorId === undefined ? undefined : findPerson(supervisorId),
    countsOfMonth({ userId, isoId }, now, seen),
    countOpenWork(userId, isoId, now, seen),
  ]);
  return {
    name: 'team.member',
    model: {
      userId,
      name,
      role,
      state: HERE[person.state],
      phone: membership?.phone,
      language: isLanguage(language) ? language : undefined,
      since: membership?.decidedAt,
      activeAt,
      supervisor: supervisor?.name,
      open,
      stores: tallyIn(counts, 'STORE'),
      spots: tallyIn(counts, 'SPOT'),
      can: scope.everybody ? changeAtHand(viewer, person) : undefined,
      timeZone: iso?.timeZone ?? 'UTC',
    },
    version: person.changes ?? 0,
  };
});

/** The numbers of the last 30 days, as they stand in *My results*. */
async function countsOfMonth(
  whose: { readonly userId: string; readonly isoId: string },
  now: number,
  seen?: Reads,
): Promise<Counts> {
  const today = await todayOf(whose, now, seen);
  const { from, to } = daysOf('month', today) ?? { from: today, to: today };
  return sumOfCounts([...(await talliesByDay(whose, from, to)).values()].map(({ counts }) => counts));
}

/** *More…*: what else can be done about somebody. */
export const loadMemberMore = forAdmins(async (card, viewer, isoId) => {
  const person = await otherMember(card.subject.id, viewer, isoId);
  if (person === undefined) return OLD_CARD;
  const { userId, name, role, state } = person;
  return {
    name: 'team.memberMore',
    model: {
      userId,
      name,
      role,
      state: HERE[state],
      changes: MEMBER_CHANGES.filter((change) => !isAtHand(change) && canChange(person, change)),
      team: role === 'STAFF' && (await supervisorsOf(isoId)).length > 0,
    },
    version: person.changes ?? 0,
  };
});

/** What is asked before somebody's place changes. */
export const loadMemberChange = forAdmins(async (card, viewer, isoId, now, seen) => {
  const asked = changeNamed(card.subject);
  const person = asked && (await otherMember(asked.userId, viewer, isoId, seen));
  if (asked === undefined || person === undefined || !canChange(person, asked.change)) return OLD_CARD;
  const { userId, name } = person;
  const ends = asked.change === 'pause' || asked.change === 'remove';
  const [open, account] = await Promise.all([
    countOpenWork(userId, isoId, now, seen),
    ends ? accountOf(userId, isoId) : undefined,
  ]);
  const heirs = asked.change === 'remove' && hasAny(open) ? await heirsOf(person, isoId) : undefined;
  const model = { userId, name, change: asked.change, open, heirs, account: account && maskedAccount(account.name) };
  return { name: 'team.memberChange', model, version: person.changes ?? 0 };
});

/** As many as one chooses among. */
const LISTED_HEIRS = 20;

/** The supervisor who would get it unasked, then everybody at work, by name. */
async function heirsOf(person: Person, isoId: string): Promise<Heirs> {
  const [supervisor, all] = await Promise.all([supervisorOf(person), peopleOf(isoId)]);
  const others = all
    .filter(({ state, userId }) => state === 'ACTIVE' && userId !== person.userId && userId !== supervisor?.userId)
    .sort((one, other) => byName.compare(one.name, other.name));
  const people = [...(supervisor === undefined ? [] : [supervisor]), ...others].slice(0, LISTED_HEIRS);
  return { people: people.map(({ userId, name }) => ({ userId, name })), supervisorId: supervisor?.userId };
}

function hasAny({ drafts, failed, appeals, tasks }: OpenCounts): boolean {
  return drafts + failed + appeals + tasks > 0;
}

/** In whose team somebody is. */
export const loadChooseTeam = forAdmins(async (card, viewer, isoId) => {
  const person = await otherMember(card.subject.id, viewer, isoId);
  if (person === undefined || person.role !== 'STAFF') return OLD_CARD;
  const { userId, name, supervisorId, changes = 0 } = person;
  const supervisors = (await supervisorsOf(isoId)).map((one) => ({ userId: one.userId, name: one.name }));
  return { name: 'team.chooseTeam', model: { userId, name, supervisors, supervisorId }, version: changes };
});

/** Somebody of whom this one may read: of their ISO, or of their own team, or themselves. */
export async function memberIn(
  { isoId, has }: Scope,
  viewer: Person,
  userId: string,
  seen?: Reads,
): Promise<Person | undefined> {
  const person = await findPerson(userId, seen);
  return person?.isoId === isoId && (userId === viewer.userId || has(userId)) ? person : undefined;
}

/** Nobody changes their own place: another admin does, and whoever wants to go leaves. */
async function otherMember(userId: string, viewer: Person, isoId: string, seen?: Reads): Promise<Person | undefined> {
  const person = await findPerson(userId, seen);
  return person?.isoId === isoId && userId !== viewer.userId ? person : undefined;
}

function changeAtHand(viewer: Person, person: Person): MemberModel['can'] {
  if (viewer.userId === person.userId) return undefined;
  return (['pause', 'resume'] as const).find((change) => canChange(person, change)) ?? 'more';
}

/** These stand on the person's card itself. */
function isAtHand(change: (typeof MEMBER_CHANGES)[number]): boolean {
  return change === 'pause' || change === 'resume';
}

async function supervisorsOf(isoId: string): Promise<readonly Person[]> {
  return (await peopleOf(isoId)).filter(({ role, state }) => role === 'SUPERVISOR' && state === 'ACTIVE');
}
