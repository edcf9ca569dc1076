import type { InvitedModel } from '../../cards/team/invite.ts';
import { type Association, addAssociations, liveByPhones, moveAssociation } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import { type ListedPerson, LONGEST_STAFF_NAME, readStaffList } from '../../src/domain/staff-list.ts';
import type { ProblemCode } from '../../src/flow/codes.ts';
import { enqueueInvitation } from '../association/invitations.ts';
import { forgetTyped } from './team.ts';

type Values = Readonly<Record<'name' | 'phone' | 'list', string>>;
type Problem = { readonly field: string; readonly code: ProblemCode; readonly limit?: number | undefined };

/** Route 1: the form with a name and a phone, or a whole list. */
export async function openInvite(ctx: TapContext): Promise<void> {
  await forgetTyped(ctx);
  showInvite(ctx);
}

/** Invites whom the form names. What cannot be read comes back as typed; what was done is said above it. */
export async function invitePeople(ctx: TapContext): Promise<void> {
  const { isoId, userId } = ctx.person;
  const iso = isoId === undefined ? undefined : await findIso(isoId, ctx.tx);
  if (iso === undefined) return;
  const values = typedValues(ctx);
  const single = readSingle(values, iso.country);
  const list = readStaffList(values.list, iso.country);
  const named = new Map([...list.people, ...single.people].map((person) => [person.phone, person]));
  const known = await inviteNew(ctx, iso.isoId, [...named.values()]);
  const invited: InvitedModel = {
    invited: named.size - known.length,
    known: known.map(({ name }) => name),
    wrong: list.wrong,
    rest: list.rest,
  };
  const nobody = named.size + list.wrong.length + single.problems.length === 0;
  const problems: readonly Problem[] = nobody ? [{ field: 'name', code: 'required' }] : single.problems;
  const again = single.problems.length > 0 ? { name: values.name, phone: values.phone } : {};
  const typed = { values: { ...again, invited: JSON.stringify(invited) }, problems };
  ctx.person = await changePerson(userId, { typed }, ctx.tx);
  showInvite(ctx);
}

function showInvite(ctx: TapContext): void {
  ctx.show({ view: 'team.invite', subject: { kind: 'person', id: ctx.person.userId } });
}

function typedValues(ctx: TapContext): Values {
  const form = ctx.update.params.form ?? {};
  const text = (field: string): string => {
    const value = form[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  return { name: text('name'), phone: text('phone'), list: text('list') };
}

function readSingle({ name, phone }: Values, country: string): { people: ListedPerson[]; problems: Problem[] } {
  if (name === '' && phone === '') return { people: [], problems: [] };
  const problems: Problem[] = [];
  if (name === '') problems.push({ field: 'name', code: 'required' });
  if (name.length > LONGEST_STAFF_NAME) problems.push({ field: 'name', code: 'tooLong', limit: LONGEST_STAFF_NAME });
  const e164 = parsePhone(phone, country);
  if (e164 === undefined) problems.push({ field: 'phone', code: 'notAPhone' });
  return { people: e164 === undefined || problems.length > 0 ? [] : [{ name, phone: e164 }], problems };
}

/** Invites who is new here, and anew who has left; answers those who are in, invited or waiting already. */
async function inviteNew(ctx: TapContext, isoId: string, people: readonly ListedPerson[]): Promise<Association[]> {
  const live = await liveByPhones(
    isoId,
    people.map(({ phone }) => phone),
    ctx.tx,
  );
  const left = live.filter(({ state }) => state === 'SUSPENDED');
  for (const one of left) {
    enqueueInvitation(ctx, await moveAssociation(one, { invitations: one.invitations + 1 }, ctx.tx));
  }
  const fresh = people.filter((person) => !live.some(({ phone }) => phone === person.phone));
  const asked = fresh.map((person) => ({
    requestId: ctx.ids.next(),
    isoId,
    ...person,
    channel: 'INVITE' as const,
    at: ctx.now,
    approvedBy: ctx.person.userId,
  }));
  await addAssociations(asked, ctx.tx);
  for (const { requestId } of asked) {
    enqueueInvitation(ctx, { requestId, invitations: 1 });
    ctx.audit('association.invite', { kind: 'association', id: requestId });
  }
  return live.filter(({ state }) => state !== 'SUSPENDED');
}
