import { NO_HEIR } from '../../cards/team/member-change.ts';
import type { TextKey } from '../../cards/text-key.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { Refusal, VersionedSubject } from '../../src/bot/tap-subject.ts';
import { canChange, isMemberChange, type MemberChange } from '../../src/domain/member-change.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { changeMembership, readWhatIsTold } from './change-member.ts';

/** Somebody of the team: who it is, and what can be done about them. */
export async function openMember(ctx: TapContext): Promise<void> {
  const { person } = ctx.update.params.extra;
  if (person !== undefined) showMember(ctx, person);
}

export function showMember(ctx: Pick<TapContext, 'show'>, userId: string, key?: TextKey): void {
  ctx.show({ view: 'team.member', subject: { kind: 'person', id: userId }, line: key && { key } });
}

/** *More…*: what is done about somebody now and then. */
export async function openMemberMore(ctx: TapContext): Promise<void> {
  const { person } = ctx.update.params.extra;
  if (person !== undefined) ctx.show({ view: 'team.memberMore', subject: { kind: 'person', id: person } });
}

/** Every change is asked once: what it means stands above. */
export async function askChange(ctx: TapContext): Promise<void> {
  const { person, change } = ctx.update.params.extra;
  if (person === undefined || !isMemberChange(change)) return;
  ctx.show({ view: 'team.memberChange', subject: { kind: 'memberChange', id: `${change}/${person}` } });
}

/** What a confirming card is about. */
export interface AskedChange {
  readonly change: MemberChange;
  readonly person: Person;
}

/** Another person of the admin's own ISO, and what is to be done about them as they were when the card was drawn. */
export const MEMBER_CHANGE: VersionedSubject<AskedChange> = {
  async load({ update, tx }) {
    const asked = update.params.subject && changeNamed(update.params.subject);
    const person = asked && (await findPerson(asked.userId, tx));
    return asked && person && { change: asked.change, person };
  },
  mayUse: (admin, { person }) => person.isoId === admin.isoId && person.userId !== admin.userId,
  isOpen: (_ctx, { person, change }) => canChange(person, change),
  versionOf: ({ person }) => person.changes ?? 0,
  refuse: (ctx, refusal) => changedMeanwhile(ctx, refusal, ({ person }) => person),
};

/** Done, audited and told; the admin sees the person as they are now, or the list that they are gone from. */
export async function changeMemberAsAsked(ctx: TapContext, { person, change }: AskedChange): Promise<void> {
  const named = heirNamed(ctx);
  const [heir] = await readAll(
    async () => (change === 'remove' ? await heirOf(ctx, person) : undefined),
    () => readWhatIsTold(ctx, person, { isoId: person.isoId ?? '', change, heir: named }),
  );
  await changeMembership(ctx, person, change, heir);
  if (change !== 'remove') return showMember(ctx, person.userId, 'member.changed');
  ctx.show({ view: 'team.people', subject: { kind: 'page', id: '1' }, line: { key: 'member.removed' } });
}

/** To whom what is open goes: a colleague at work, nobody, or, where the card did not ask, whoever gets it unasked. */
async function heirOf(ctx: TapContext, { isoId, userId }: Person): Promise<Person | 'nobody' | undefined> {
  const named = heirNamed(ctx);
  if (named === undefined || named === 'nobody') return named;
  const found = named.userId === userId ? undefined : await findPerson(named.userId, ctx.tx);
  return found?.state === 'ACTIVE' && found.isoId === isoId ? found : undefined;
}

/** Whoever the card says, as it says it. */
function heirNamed({ update }: TapContext): Pick<Person, 'userId'> | 'nobody' | undefined {
  const { heir } = update.params.form ?? {};
  if (heir === NO_HEIR) return 'nobody';
  return typeof heir === 'string' ? { userId: heir } : undefined;
}

/** `remove/userId`; nothing in a tap is trusted. */
export function changeNamed({ kind, id }: Subject): { change: MemberChange; userId: string } | undefined {
  const at = id.indexOf('/');
  const change = id.slice(0, at);
  return kind === 'memberChange' && isMemberChange(change) ? { change, userId: id.slice(at + 1) } : undefined;
}

/** Somebody else was first: the person's card says how they are now. */
export function changedMeanwhile<S>(ctx: TapContext, refusal: Refusal<S>, personOf: (subject: S) => Person): void {
  if (refusal.why === 'gone' || refusal.why === 'foreign') return;
  showMember(ctx, personOf(refusal.subject).userId, 'member.changedMeanwhile');
}
