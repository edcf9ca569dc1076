import { AppError } from '@field/kit/errors';
import { mustStayAdmin } from '../../handlers/association/last-admin.ts';
import { tellNewAdmin } from '../../handlers/association/tell-new-admin.ts';
import { associationsOfIso, countWaiting, liveAssociationsOf, moveAssociation } from '../../models/associations.ts';
import { type AuditEntry, addAudit } from '../../models/audit.ts';
import { addIso, allIsos, findIsoByEmail, type Iso } from '../../models/isos.ts';
import { adminsOf, changeMember, findPerson, meetPerson, peopleOf } from '../../models/people.ts';
import { readWebAddress } from '../../models/settings.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { Audited } from '../domain/audited.ts';
import { takesAnAdmin } from '../domain/member-change.ts';
import { asOperator } from './as-operator.ts';
import { OP, type Operator } from './command.ts';
import { placeOf } from './place-of-iso.ts';

/** The most ISOs that are named to somebody who asked for one that there is not. */
const FEW = 8;

export type NewIso = Omit<Iso, 'isoId' | 'joinToken'>;

/** Who did something, and when: for the audit. */
type Doer = Pick<Operator, 'ids' | 'now'>;

/** The ISO and the person that a command is about. */
interface AdminOf {
  readonly email: string;
  readonly userId: string;
  readonly name?: string | undefined;
}

interface Named {
  readonly userId: string;
  readonly name: string;
}

/** An ISO as it is asked for: where it is may be left out. */
export type AskedIso = Omit<NewIso, 'country' | 'timeZone'> & {
  readonly country?: string | undefined;
  readonly timeZone?: string | undefined;
};

/** Adds an ISO; where it is says the programme, if that is left out. Errors: `iso.exists`, `usage.wrong`, `programme.wrong`. */
export async function createIso(
  { country, timeZone, ...named }: AskedIso,
  operator: Doer & Pick<Operator, 'programmeFolder'>,
): Promise<Omit<Iso, 'joinToken'>> {
  const { ids, now } = operator;
  const asked: NewIso = { ...named, ...(await placeOf({ country, timeZone }, operator)) };
  const isoId = ids.next();
  const joinToken = ids.token();
  await inTransaction(async (tx) => {
    if (await findIsoByEmail(asked.email, tx)) {
      throw new AppError('iso.exists', { say: `There is an ISO with the e-mail ${asked.email} already.` });
    }
    await addIso({ isoId, joinToken, ...asked }, tx);
    await audit('iso.create', isoId, { kind: 'iso', id: isoId }, { ids, now }, tx);
  });
  return { isoId, ...asked };
}

interface IsoLine extends Pick<Iso, 'email' | 'name' | 'country'> {
  readonly admins: number;
  readonly staff: number;
}

export async function listIsos(): Promise<readonly IsoLine[]> {
  const lines: IsoLine[] = [];
  for (const { isoId, email, name, country } of await allIsos()) {
    const people = await peopleOf(isoId);
    const admins = people.filter(({ role }) => role === 'ADMIN').length;
    lines.push({ email, name, country, admins, staff: people.length - admins });
  }
  return lines;
}

/** An ISO for its operator: admins by name, everybody else by number; never a phone. */
export interface IsoReport extends NewIso {
  readonly admins: readonly (Named & { readonly left: boolean })[];
  readonly staff: number;
  /** Of all its people. */
  readonly paused: number;
  readonly waiting: { readonly requests: number; readonly invitations: number };
  /** Absent while the bot has no `PUBLIC_URL`. */
  readonly qrCode?: string | undefined;
  readonly poster?: string | undefined;
}

/** Errors: `iso.unknown`. */
export async function reportIso(asked: string): Promise<IsoReport> {
  const { isoId, joinToken, ...iso } = await isoWith(asked);
  const people = await peopleOf(isoId);
  const address = await readWebAddress();
  const admins = people.filter(({ role }) => role === 'ADMIN');
  return {
    ...iso,
    admins: admins.map(({ userId, name, state }) => ({ userId, name, left: state !== 'ACTIVE' })),
    staff: people.length - admins.length,
    paused: people.filter(({ state }) => state !== 'ACTIVE').length,
    waiting: {
      requests: await countWaiting(isoId),
      invitations: (await associationsOfIso(isoId, ['APPROVED', 'INVITED', 'REFUSED'])).length,
    },
    qrCode: address && `${address}/join/${joinToken}`,
    poster: address && `${address}/poster/${joinToken}`,
  };
}

interface NewAdmin {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly admin: Named;
}

/**
 * Makes a person admin of an ISO; a request of theirs that waits is taken back. Errors: `iso.unknown`, `person.elsewhere`, and
 * `person.unknown` when they never wrote to the bot and no name is given.
 */
export async function addAdmin({ email, userId, name: given }: AdminOf, doer: Doer): Promise<NewAdmin> {
  const iso = await isoWith(email);
  return await asOperator(iso.isoId, doer, async (ctx) => {
    const { tx } = ctx;
    const known = await findPerson(userId, tx);
    if (known?.isoId !== undefined && known.isoId !== iso.isoId) {
      throw new AppError('person.elsewhere', { say: `${userId} works for another ISO.` });
    }
    const name = given ?? known?.name;
    if (!name) throw new AppError('person.unknown', { say: `Nobody knows ${userId} yet: add --name.` });
    for (const asked of await liveAssociationsOf(userId, tx)) {
      if (asked.state === 'PENDING') await moveAssociation(asked, { state: 'WITHDRAWN' }, tx);
      const isBack = asked.state === 'SUSPENDED' || (asked.state === 'INVITED' && asked.isoId === iso.isoId);
      if (isBack) await moveAssociation(asked, { state: 'ACTIVE' }, tx);
    }
    const met = await meetPerson(userId, name, tx);
    const language = known?.language ?? iso.language;
    const admin = { state: 'ACTIVE', role: 'ADMIN', isoId: iso.isoId, name, language } as const;
    await changeMember(met, { ...admin, paused: null, supervisorId: null, formerIso: null }, tx);
    ctx.touchViewer(userId);
    ctx.audit('iso.addAdmin', { kind: 'person', id: userId });
    await tellNewAdmin(ctx, { userId, isoId: iso.isoId });
    return { iso: { email: iso.email, name: iso.name }, admin: { userId, name } };
  });
}

interface FormerAdmin {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly staff: Named;
  readonly adminsLeft: number;
}

/** Makes an admin staff, never the last who can act. Errors: `iso.unknown`, `admin.unknown`, `admin.last`. */
export async function removeAdmin({ email, userId }: AdminOf, doer: Doer): Promise<FormerAdmin> {
  const iso = await isoWith(email);
  return await asOperator(iso.isoId, doer, async (ctx) => {
    const { tx } = ctx;
    const known = await findPerson(userId, tx);
    if (known?.isoId !== iso.isoId || known.role !== 'ADMIN') {
      throw new AppError('admin.unknown', { say: `${userId} is no admin of ${iso.name}.` });
    }
    if (takesAnAdmin(known, 'makeStaff') && (await mustStayAdmin(known, tx))) throw lastAdmin(iso);
    await changeMember(known, { role: 'STAFF' }, tx);
    ctx.touchViewer(userId);
    ctx.audit('iso.removeAdmin', { kind: 'person', id: userId });
    return {
      iso: { email: iso.email, name: iso.name },
      staff: { userId, name: known.name },
      adminsLeft: (await adminsOf(iso.isoId, tx)).length,
    };
  });
}

/** Nobody would be left to decide for this ISO. */
export function lastAdmin({ email, name }: Iso): AppError {
  const say = `Nobody else is admin of ${name}. Make somebody an admin first: ${OP} iso people make-admin ${email} <userId>`;
  return new AppError('admin.last', { say });
}

/** The ISO with this e-mail. Errors: `iso.unknown`, with those that there are. */
export async function isoWith(email: string): Promise<Iso> {
  const iso = await findIsoByEmail(email);
  if (iso !== undefined) return iso;
  const emails = (await allIsos()).map((one) => one.email);
  const there =
    emails.length === 0 ? `There is none yet. Add one: ${OP} iso create --help` : `There are: ${emails.join(', ')}.`;
  const say = `There is no ISO with the e-mail ${email}. ${emails.length > FEW ? `See: ${OP} iso list` : there}`;
  throw new AppError('iso.unknown', { say });
}

async function audit(
  what: Audited,
  isoId: string,
  subject: AuditEntry['subject'],
  { ids, now }: Doer,
  tx: Transaction,
): Promise<void> {
  await addAudit([{ at: now(), by: 'operator', isoId, what, subject, cause: ids.next() }], tx);
}
