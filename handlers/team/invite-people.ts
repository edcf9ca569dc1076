import { present } from '@field/kit/present';
import type { InvitedModel } from '../../cards/team/invite.ts';
import { type Association, addAssociations, liveByPhones } from '../../models/associations.ts';
import { findIso, type Iso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import { type ListedPerson, LONGEST_STAFF_NAME, readStaffList } from '../../src/domain/staff-list.ts';
import type { ProblemCode } from '../../src/flow/codes.ts';
import { enqueueInvitation } from '../association/invitations.ts';
import { claimInvitationsToday, invitationsToday, wentOutToday } from './invitations-today.ts';
import { sendAgain } from './open-invitations.ts';

type Values = Readonly<Record<'name' | 'phone' | 'list', string>>;
type Problem = { readonly field: string; readonly code: ProblemCode; readonly limit?: number | undefined };

/** Route 1: the form with a name and a phone, or a whole list; lines that could not go out are there still. */
export async function openInvite(ctx: TapContext): Promise<void> {
  const { invited, name, phone } = ctx.person.typed?.values ?? {};
  const last = invited === undefined ? undefined : (JSON.parse(invited) as InvitedModel);
  const lines = { wrong: last?.wrong ?? [], rest: last?.rest ?? [] };
  const held = (last?.held ?? 0) > 0 ? present({ name, phone }) : {};
  const isEmpty = lines.wrong.length + lines.rest.length + Object.keys(held).length === 0;
  const values = { ...held, invited: JSON.stringify({ invited: 0, known: [], ...lines } satisfies InvitedModel) };
  const typed = isEmpty ? null : { values, problems: [] };
  ctx.person = await changePerson(ctx.person.userId, { typed }, ctx.tx);
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
  const [one] = single.people;
  const others = list.people.filter(({ phone }) => phone !== one?.phone);
  const named = [...single.people, ...others];
  const { known, held } = await inviteNew(ctx, iso, named);
  const invited: InvitedModel = {
    invited: named.length - known.length - held.length,
    known: known.map(({ name }) => name),
    wrong: list.wrong,
    rest: [...held.filter((person) => person !== one).map(({ name, phone }) => `${name} ${phone}`), ...list.rest],
    held: held.length,
  };
  const nobody = named.length + list.wrong.length + single.problems.length === 0;
  const problems: readonly Problem[] = nobody ? [{ field: 'name', code: 'nobodyNamed' }] : single.problems;
  const again =
    single.problems.length > 0 || held.some((person) => person === one)
      ? { name: values.name, phone: values.phone }
      : {};
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
  if (e164 === undefined) problems.push({ field: 'phone', code: phone === '' ? 'required' : 'notAPhone' });
  return { people: e164 === undefined || problems.length > 0 ? [] : [{ name, phone: e164 }], problems };
}

interface Told {
  /** Who is in, invited or waiting already. */
  readonly known: readonly Association[];
  /** For whom there is no invitation left today. */
  readonly held: readonly ListedPerson[];
}

/** Invites who is new here, and anew who has left, as many as may be invited today, in the order of the list. */
async function inviteNew(ctx: TapContext, iso: Iso, people: readonly ListedPerson[]): Promise<Told> {
  const { isoId } = iso;
  const phones = people.map(({ phone }) => phone);
  const [live] = await readAll(
    () => liveByPhones(isoId, phones, ctx.tx),
    () => invitationsToday(iso, ctx.now, ctx.tx),
  );
  const known = live.filter((one) => one.state !== 'SUSPENDED' || wentOutToday(one, iso, ctx.now));
  const wanted = people.filter((person) => !known.some(({ phone }) => phone === person.phone));
  const { left } = wanted.length === 0 ? { left: 0 } : await claimInvitationsToday(iso, ctx.now, ctx.tx);
  const [now, held] = [wanted.slice(0, left), wanted.slice(left)];
  const hasLeft = ({ phone }: ListedPerson) => live.find((one) => one.phone === phone);
  for (const one of now.flatMap((person) => hasLeft(person) ?? [])) await sendAgain(ctx, one);
  const asked = now
    .filter((person) => hasLeft(person) === undefined)
    .map((person) => ({
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
  return { known, held };
}
