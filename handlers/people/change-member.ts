import { AppError } from '@field/kit/errors';
import { derivedId } from '@field/kit/ids';
import type { TextKey } from '../../cards/text-key.ts';
import { openAskOf } from '../../models/account-asks.ts';
import { countWaiting, membershipOf } from '../../models/associations.ts';
import type { CardLine } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { adminsOf, changeMember, findPerson, type Person, teamOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { accountOf } from '../../models/test-accounts.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { canChange, type MemberChange, ROLE_AFTER, takesAnAdmin } from '../../src/domain/member-change.ts';
import { returnAccountOf } from '../accounts/return-account.ts';
import { endMembership } from '../association/end-membership.ts';
import { mustStayAdmin } from '../association/last-admin.ts';
import { leaveTeam } from '../association/leave-team.ts';
import { pausedLine } from '../association/say-shut-out.ts';
import { tellNewAdmin } from '../association/tell-new-admin.ts';
import { readWhatIsLeft } from '../hand-over/leave-behind.ts';

/** What a change is told to whom it is about; who is removed reads it on the card that is left to them. */
const TOLD = {
  resume: 'told.resumed',
  makeAdmin: 'told.admin',
  makeSupervisor: 'told.supervisor',
  makeStaff: 'told.staff',
} as const satisfies Partial<Record<MemberChange, TextKey>>;

/** What a change is called in the audit. */
const AUDITED: Readonly<Record<MemberChange, Audited>> = {
  pause: 'member.pause',
  resume: 'member.resume',
  makeAdmin: 'member.makeAdmin',
  makeSupervisor: 'member.makeSupervisor',
  makeStaff: 'member.makeStaff',
  remove: 'member.remove',
};

type Heir = Pick<Person, 'userId'> | 'nobody';

/**
 * Changes somebody's place in their ISO, by `ctx.person`: at once on every card of theirs, audited, and told to them in their language. What they
 * began stays as it is, unless they work there no more. Errors: `subject.stale` when it makes no sense for them as they are, `admin.last` when nobody would be left to
 * decide for the ISO, `subject.lostRace` when somebody else changed them meanwhile.
 */
export async function changeMembership(
  ctx: Context,
  person: Person,
  change: MemberChange,
  heir?: Person | 'nobody' | undefined,
): Promise<Person> {
  const { isoId } = person;
  if (isoId === undefined || !canChange(person, change)) throw new AppError('subject.stale', { change });
  await readWhatIsTold(ctx, person, { isoId, change, heir });
  if (takesAnAdmin(person, change) && (await mustStayAdmin(person, ctx.tx)))
    throw new AppError('admin.last', { say: 'Nobody else is admin of the ISO: make somebody an admin first.' });
  const subject = { kind: 'person', id: person.userId } as const;
  ctx.audit(AUDITED[change], subject);
  ctx.touch(subject);
  if (change === 'remove') return await remove(ctx, person, { isoId, heir });
  if (person.role === 'SUPERVISOR' && change in ROLE_AFTER) await leaveTeam(ctx, person.userId, isoId);
  const changed = await changeMember(person, factsAfter(ctx, change), ctx.tx);
  ctx.touchViewer(person.userId);
  if (change === 'pause') await returnAccountOf(ctx, changed, 'paused');
  if (change === 'pause') sendLine(ctx, changed.userId, await pausedLine(changed, ctx.tx));
  else await tell(ctx, changed, TOLD[change]);
  if (changed.role === 'ADMIN' && changed.state === 'ACTIVE')
    await tellNewAdmin(ctx, { userId: changed.userId, isoId });
  return changed;
}

/** Reads at once what a change will ask for; `heir`: who gets what is open, where that is said. */
export async function readWhatIsTold(
  { now, tx }: Pick<Context, 'now' | 'tx'>,
  person: Person,
  { isoId, change, heir }: { readonly isoId: string; readonly change: MemberChange; readonly heir?: Heir | undefined },
): Promise<void> {
  const { userId, role, supervisorId } = person;
  const admins = () => adminsOf(isoId, tx);
  const team = async () => (role === 'SUPERVISOR' ? await teamOf(userId, isoId, tx) : []);
  if (change === 'remove') {
    const left = () => readWhatIsLeft({ now, tx }, person, isoId, heir);
    await readAll(admins, team, left, () => membershipOf(userId, isoId, tx));
  } else if (change === 'pause') {
    const account = () => accountOf(userId, isoId, tx);
    await readAll(admins, account, () => openAskOf(userId, isoId, tx));
  } else {
    const supervisor = async () => (supervisorId === undefined ? undefined : await findPerson(supervisorId, tx));
    await readAll(admins, team, supervisor, () => countWaiting(isoId, tx));
  }
}

function factsAfter(
  { now, person: by }: Context,
  change: Exclude<MemberChange, 'remove'>,
): Parameters<typeof changeMember>[1] {
  switch (change) {
    case 'pause':
      return { state: 'PAUSED', paused: { by: by.userId, at: now } };
    case 'resume':
      return { state: 'ACTIVE', paused: null };
    case 'makeAdmin':
      return { role: 'ADMIN', supervisorId: null };
    case 'makeSupervisor':
      return { role: 'SUPERVISOR', supervisorId: null };
    case 'makeStaff':
      return { role: 'STAFF' };
  }
}

async function remove(
  ctx: Context,
  person: Person,
  { isoId, heir }: { readonly isoId: string; readonly heir: Person | 'nobody' | undefined },
): Promise<Person> {
  const { former } = await endMembership(ctx, person, isoId, { to: 'REMOVED', heir });
  ctx.showTo(person.userId, { view: 'association', subject: { kind: 'person', id: person.userId } });
  return former;
}

/** A line below their chat: what they have open stays where it is, and somebody may be typing. */
export async function tell(ctx: Context, { userId, isoId = '', supervisorId }: Person, key: TextKey): Promise<void> {
  const iso = await findIso(isoId, ctx.tx);
  const supervisor = supervisorId === undefined ? undefined : await findPerson(supervisorId, ctx.tx);
  sendLine(ctx, userId, { key, args: { iso: iso?.name ?? '', supervisor: supervisor?.name ?? '' } });
}

function sendLine(ctx: Context, userId: string, line: CardLine): void {
  ctx.send({
    intent: derivedId('told', userId, ctx.update.id),
    to: userId,
    kind: 'line',
    view: 'line',
    subject: { kind: 'person', id: userId },
    line,
  });
}
