import { NO_TEAM } from '../../cards/team/choose-team.ts';
import { changeMember, findPerson, type Person } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { tell } from './change-member.ts';
import { changedMeanwhile, showMember } from './members.ts';

/** Asks in whose team somebody is. */
export async function openChooseTeam(ctx: TapContext): Promise<void> {
  const { person } = ctx.update.params.extra;
  if (person !== undefined) ctx.show({ view: 'team.chooseTeam', subject: { kind: 'person', id: person } });
}

/** Another person of the admin's own ISO who can be in a team. */
export const MEMBER_OF_TEAM: VersionedSubject<Person> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'person' ? await findPerson(subject.id, tx) : undefined;
  },
  mayUse: (admin, { isoId, userId }) => isoId === admin.isoId && userId !== admin.userId,
  isOpen: (_ctx, { role, state }) => role === 'STAFF' && state !== 'UNKNOWN',
  versionOf: ({ changes = 0 }) => changes,
  refuse: (ctx, refusal) => changedMeanwhile(ctx, refusal, (person) => person),
};

/** They are in that team from now on, or in none; told to them, not to the supervisor, who sees it in the list. */
export async function setTeam(ctx: TapContext, person: Person): Promise<void> {
  const { supervisor = NO_TEAM } = ctx.update.params.form ?? {};
  const chosen = supervisor === NO_TEAM ? undefined : await findPerson(String(supervisor), ctx.tx);
  const isOne = chosen?.role === 'SUPERVISOR' && chosen.state === 'ACTIVE' && chosen.isoId === person.isoId;
  if (supervisor !== NO_TEAM && !isOne) return showMember(ctx, person.userId, 'member.changedMeanwhile');
  if (person.supervisorId === chosen?.userId) return showMember(ctx, person.userId);
  const changed = await changeMember(person, { supervisorId: chosen?.userId ?? null }, ctx.tx);
  const subject = { kind: 'person', id: person.userId } as const;
  ctx.touch(subject);
  ctx.audit('member.team', subject);
  await tell(ctx, changed, chosen === undefined ? 'told.noTeam' : 'told.team');
  showMember(ctx, person.userId, 'member.changed');
}
