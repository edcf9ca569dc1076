import { DAY_MS } from '@field/kit/calendar';
import {
  addAssociations,
  countAskedBy,
  invitationsTo,
  latestAssociationOf,
  liveByPhones,
} from '../../models/associations.ts';
import type { CardLine } from '../../models/cards.ts';
import { allIsos, type Iso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { parseEmail } from '../../src/domain/email.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import type { ProblemCode } from '../../src/flow/codes.ts';
import { announceRequest, touchRequest, whoHearsOfRequests } from './request-cards.ts';
import { welcome } from './welcome.ts';

const LONGEST_NAME = 80;
/** Each is a card for every admin: whoever asks and takes it back goes on tomorrow. */
const REQUESTS_A_DAY = 3;

type Problem = { field: 'isoEmail' | 'name' | 'phone'; code: ProblemCode; limit?: number | undefined };

/** *Join your ISO* was sent: the request is stored and every admin of the ISO gets a card, or the form comes back as typed. */
export async function sendRequest(ctx: TapContext): Promise<void> {
  if (ctx.person.state !== 'UNKNOWN') return showAssociation(ctx);
  const values = typedValues(ctx);
  const { userId } = ctx.person;
  const [isos, earlier, invitations, asked] = await readAll(
    () => allIsos(ctx.tx),
    () => latestAssociationOf(userId, ctx.tx),
    () => invitationsTo(userId, ctx.tx),
    () => countAskedBy(userId, ctx.now - DAY_MS, ctx.tx),
  );
  const { problems, email, phone } = read(values, isos);
  if (email === undefined || phone === undefined || problems.length > 0) {
    ctx.person = await changePerson(ctx.person.userId, { typed: { values, problems } }, ctx.tx);
    return showAssociation(ctx);
  }
  const iso = isos.find((one) => one.email === email.toLowerCase());
  if (earlier?.state === 'PENDING') return showAssociation(ctx);
  const invited = invitations.find(({ isoId }) => isoId === iso?.isoId);
  // both have said yes
  if (invited !== undefined) return await welcome(ctx, invited);
  if (asked >= REQUESTS_A_DAY) {
    ctx.person = await changePerson(userId, { typed: { values, problems } }, ctx.tx);
    return showAssociation(ctx, { key: 'line.askedOften', args: { count: REQUESTS_A_DAY } });
  }
  await ask(ctx, iso, {
    name: values.name ?? '',
    phone: parsePhone(values.phone ?? '', iso?.country ?? '') ?? phone,
    email,
  });
  showAssociation(ctx);
}

/** A request to an ISO that there is not waits like every other, and nobody decides it: so the answer tells nothing. */
async function ask(
  ctx: TapContext,
  iso: Iso | undefined,
  { name, phone, email }: { name: string; phone: string; email: string },
): Promise<void> {
  const requestId = ctx.ids.next();
  const isoId = iso?.isoId ?? `none:${requestId}`;
  const { userId, language = iso?.language } = ctx.person;
  const [live] = await readAll(
    () => liveByPhones(isoId, [phone], ctx.tx),
    ...(iso === undefined ? [] : [() => whoHearsOfRequests(isoId, ctx.tx)]),
  );
  const sharesPhone = live.length > 0;
  const asked = { requestId, isoId, userId, name, phone, language, at: ctx.now, askedEmail: email, sharesPhone };
  await addAssociations([{ ...asked, channel: 'CARD' }], ctx.tx);
  ctx.person = await changePerson(userId, { typed: null, name: name || ctx.person.name }, ctx.tx);
  if (iso !== undefined) await announceRequest(ctx, { requestId, isoId });
  touchRequest(ctx, { requestId, isoId });
  ctx.audit('association.send', { kind: 'association', id: requestId });
}

/** The person's way into an ISO, wherever it stands. */
export function showAssociation(ctx: Pick<TapContext, 'show' | 'person'>, line?: CardLine): void {
  ctx.show({ view: 'association', subject: { kind: 'person', id: ctx.person.userId }, line });
}

function typedValues(ctx: TapContext): Record<string, string> {
  const form = ctx.update.params.form ?? {};
  const before: Readonly<Record<string, string>> = { name: ctx.person.name, ...ctx.person.typed?.values };
  const text = (field: string): string => {
    const value = form[field];
    return typeof value === 'string' ? value.trim() : (before[field] ?? '');
  };
  return { isoEmail: text('isoEmail'), name: text('name'), phone: text('phone') };
}

/** What is wrong with the words alone: whether an e-mail or a number is known here is not said (domain A.12-15). */
function read(
  values: Record<string, string>,
  isos: readonly Iso[],
): { problems: Problem[]; email: string | undefined; phone: string | undefined } {
  const problems: Problem[] = [];
  const email = parseEmail(values.isoEmail ?? '');
  if (email === undefined) problems.push({ field: 'isoEmail', code: 'notAnEmail' });
  const name = values.name ?? '';
  if (name === '') problems.push({ field: 'name', code: 'required' });
  else if (name.length > LONGEST_NAME) problems.push({ field: 'name', code: 'tooLong', limit: LONGEST_NAME });
  const phone = phoneOfAnyCountry(values.phone ?? '', countriesOf(isos));
  if (phone === undefined) problems.push({ field: 'phone', code: 'notAPhone' });
  return { problems, email, phone };
}

/** The countries of all ISOs here: a number is read the same way whichever of them the e-mail names. */
function countriesOf(isos: readonly Iso[]): readonly string[] {
  return [...new Set([currentProgramme().programme.defaultMarket, ...isos.map(({ country }) => country)])];
}

function phoneOfAnyCountry(typed: string, countries: readonly string[]): string | undefined {
  return countries.map((country) => parsePhone(typed, country)).find((phone) => phone !== undefined);
}
