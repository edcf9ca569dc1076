import { addAssociations, invitationsTo, latestAssociationOf, liveByPhones } from '../../models/associations.ts';
import { findIsoByEmail, type Iso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { parseEmail } from '../../src/domain/email.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import type { ProblemCode } from '../../src/flow/codes.ts';
import { announceRequest, touchRequest } from './request-cards.ts';
import { welcome } from './welcome.ts';

/** Where a form of somebody outside any ISO is read as if typed, when it has no country of its own. */
const DEFAULT_COUNTRY = 'TH';
const LONGEST_NAME = 80;

type Problem = { field: 'isoEmail' | 'name' | 'phone'; code: ProblemCode; limit?: number | undefined };

/** *Join your ISO* was sent: the request is stored and every admin of the ISO gets a card, or the form comes back as typed. */
export async function sendRequest(ctx: TapContext): Promise<void> {
  if (ctx.person.state !== 'UNKNOWN') return showAssociation(ctx);
  const values = typedValues(ctx);
  const { problems, iso, phone } = await read(ctx, values);
  if (iso === undefined || phone === undefined || problems.length > 0) {
    ctx.person = await changePerson(ctx.person.userId, { typed: { values, problems } }, ctx.tx);
    return showAssociation(ctx);
  }
  const earlier = await latestAssociationOf(ctx.person.userId, ctx.tx);
  if (earlier?.state === 'PENDING') return showAssociation(ctx);
  const invited = (await invitationsTo(ctx.person.userId, ctx.tx)).find(({ isoId }) => isoId === iso.isoId);
  // both have said yes
  if (invited !== undefined) return await welcome(ctx, invited);
  const requestId = ctx.ids.next();
  const subject = { kind: 'association', id: requestId } as const;
  const { userId, language = iso.language } = ctx.person;
  const asked = { requestId, isoId: iso.isoId, userId, name: values.name ?? '', phone, language, at: ctx.now };
  await addAssociations([{ ...asked, channel: 'CARD' }], ctx.tx);
  ctx.person = await changePerson(ctx.person.userId, { typed: null, name: values.name ?? ctx.person.name }, ctx.tx);
  await announceRequest(ctx, { requestId, isoId: iso.isoId });
  touchRequest(ctx, { requestId, isoId: iso.isoId });
  ctx.audit('association.send', subject);
  showAssociation(ctx);
}

/** The person's way into an ISO, wherever it stands. */
export function showAssociation(ctx: Pick<TapContext, 'show' | 'person'>): void {
  ctx.show({ view: 'association', subject: { kind: 'person', id: ctx.person.userId } });
}

function typedValues(ctx: TapContext): Record<string, string> {
  const form = ctx.update.params.form ?? {};
  const before = ctx.person.typed?.values ?? {};
  const text = (field: string): string => {
    const value = form[field];
    return typeof value === 'string' ? value.trim() : (before[field] ?? '');
  };
  return { isoEmail: text('isoEmail'), name: text('name') || ctx.person.name, phone: text('phone') };
}

async function read(
  ctx: TapContext,
  values: Record<string, string>,
): Promise<{ problems: Problem[]; iso: Iso | undefined; phone: string | undefined }> {
  const problems: Problem[] = [];
  const email = parseEmail(values.isoEmail ?? '');
  const iso = email === undefined ? undefined : await findIsoByEmail(email, ctx.tx);
  if (email === undefined) problems.push({ field: 'isoEmail', code: 'notAnEmail' });
  else if (iso === undefined) problems.push({ field: 'isoEmail', code: 'isoUnknown' });
  const name = values.name ?? '';
  if (name === '') problems.push({ field: 'name', code: 'required' });
  else if (name.length > LONGEST_NAME) problems.push({ field: 'name', code: 'tooLong', limit: LONGEST_NAME });
  const phone = parsePhone(values.phone ?? '', iso?.country ?? DEFAULT_COUNTRY);
  if (phone === undefined) problems.push({ field: 'phone', code: 'notAPhone' });
  else if (iso !== undefined && (await isAnothers(iso.isoId, phone, ctx))) {
    problems.push({ field: 'phone', code: 'phonePending' });
  }
  return { problems, iso, phone };
}

/** Whether a request with this number goes on already, by somebody else or from the public page. */
async function isAnothers(isoId: string, phone: string, ctx: TapContext): Promise<boolean> {
  const live = await liveByPhones(isoId, [phone], ctx.tx);
  return live.some(({ userId }) => userId !== ctx.person.userId);
}
