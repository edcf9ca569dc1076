import type { Clock } from '@field/kit/clock';
import type { IdSource } from '@field/kit/ids';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { T } from '../../../cards/text.ts';
import { type Association, findRequestFromPage } from '../../../models/associations.ts';
import { recordUpdate } from '../../../models/inbox.ts';
import { findIsoByToken, type Iso } from '../../../models/isos.ts';
import { currentProgramme } from '../../../models/programme-in-use.ts';
import { LIVES_MS } from '../../domain/association-state.ts';
import { parseEmail } from '../../domain/email.ts';
import { isLanguage, type Language } from '../../domain/languages.ts';
import { parsePhone } from '../../domain/phone.ts';
import { LONGEST_STAFF_NAME } from '../../domain/staff-list.ts';
import { qrCode, qrJpeg } from '../../media/qr-picture.ts';
import { visibleLine } from '../../platform/visible-text.ts';
import { textsFor } from '../pages/language.ts';
import { sendPage } from '../pages/page.ts';
import { createPageTurns } from '../pages/page-turns.ts';
import { readForm } from '../pages/read-body.ts';
import { createVisitLimits, type Visit, visitorAddress } from '../pages/visit-limits.ts';
import { type JoinPageModel, joinPage, type PageProblem, QUESTIONS, type Question } from './form-page.ts';
import { posterPage } from './poster-page.ts';
import { nothingPage, type StatusModel, statusPage, tooLargePage, tooManyPage } from './status-page.ts';
import { askedAtOf, createTickets, pageIdIn, pageIdOf, statusTokenOf } from './tickets.ts';
import { sealedAddress, typedAddress } from './typed-address.ts';

export interface JoinPagesOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Where phones reach these pages, without a slash at the end. */
  readonly address: string;
  /** Wakes the lane in which requests from the page are taken in. */
  readonly recorded: (lane: string) => void;
}

/** Where requests from the page are taken in, in the order of their coming. */
const JOIN_LANE = 'join';

type Values = Readonly<Record<Question, string>>;

/**
 * The association page of the ISO QR code (`/join/<token>`, or `/join/general` with the ISO's e-mail typed), the status of a
 * request (`/join/status/<token>`) and the poster. They work without script. A request is only recorded here and taken in later,
 * so that neither the answer nor the time it takes tells whether an ISO exists.
 */
export function joinRoutes(options: JoinPagesOptions): Router {
  const { clock, ids, address } = options;
  const tickets = createTickets(
    () => clock.now(),
    () => ids.token(),
  );
  const limits = createVisitLimits(() => clock.machine());
  const { inTurn } = createPageTurns();

  /** Whether the visitor may go on; otherwise they have their answer. */
  async function admitted(ctx: Context, kind: Visit, t: T): Promise<boolean> {
    const waitS = await limits.visit(kind, visitorAddress(ctx.req));
    if (waitS === 0) return true;
    ctx.status = 429;
    ctx.set('Retry-After', String(waitS));
    sendPage(ctx, t, tooManyPage(t, waitS));
    return false;
  }

  function sendForm(ctx: Context, t: T, model: Omit<JoinPageModel, 'ticket'>): void {
    const cookie = tickets.cookieOf(ctx.get('cookie'));
    if (cookie.isNew) ctx.append('Set-Cookie', tickets.header(cookie.value, address.startsWith('https:')));
    sendPage(ctx, t, joinPage({ ...model, ticket: tickets.issue(cookie.value) }, t));
  }

  async function receive(ctx: Context, t: T, token: string): Promise<void> {
    const form = await readForm(ctx.req);
    if (!(form instanceof URLSearchParams)) {
      ctx.status = form === 'tooLarge' ? 413 : 415;
      return sendPage(ctx, t, tooLargePage(t));
    }
    await inTurn(ctx.req, () => takeIn(ctx, token, form));
  }

  async function takeIn(ctx: Context, token: string, form: URLSearchParams): Promise<void> {
    const iso = await findIsoByToken(token);
    const t = textsOf(ctx, iso);
    const values = valuesOf(form);
    const shown = { ...isoOn(iso), values };
    const ticket = form.get('ticket') ?? '';
    if (!tickets.isGood(ticket, tickets.cookieOf(ctx.get('cookie')).value)) {
      ctx.status = 403;
      return sendForm(ctx, t, { ...shown, stale: true });
    }
    const problems = problemsOf(values, iso);
    if (problems.length > 0) {
      ctx.status = 422;
      return sendForm(ctx, t, { ...shown, problems });
    }
    const pageId = pageIdOf(ticket, [token, ...QUESTIONS.map((question) => values[question])], clock.now());
    const { name, phone } = values;
    const asked = iso === undefined ? { isoEmail: parseEmail(values.isoEmail) ?? '' } : { isoId: iso.isoId };
    const crowded = (await limits.isCrowded(iso?.email ?? parseEmail(values.isoEmail) ?? ''))
      ? (true as const)
      : undefined;
    const facts = { ...asked, name, phone, language: t.language, crowded };
    const now = clock.now();
    await recordUpdate({ kind: 'event', id: pageId, type: 'join.asked', at: now, facts }, JOIN_LANE, now);
    options.recorded(JOIN_LANE);
    ctx.status = 303;
    ctx.redirect(
      `/join/status/${statusTokenOf(pageId)}?lang=${t.language}${crowded ? '&line=1' : ''}${addressedTo(asked)}`,
    );
  }

  return new Router()
    .get('/join', (ctx) => ctx.redirect('/join/general'))
    .get('/join/status/:token', async (ctx) => {
      const t = textsOf(ctx);
      if (!(await admitted(ctx, 'look', t))) return;
      const pageId = pageIdIn(ctx.params.token ?? '');
      if (pageId === undefined) return sendNothing(ctx, t);
      await inTurn(ctx.req, async () => {
        const status = statusOf(pageId, await findRequestFromPage(pageId), clock.now());
        const { line, to } = ctx.query;
        sendPage(ctx, t, statusPage({ ...status, inLine: line === '1', isoEmail: typedAddress(to) }, t));
      });
    })
    .get('/join/:token', async (ctx) => {
      const t = textsOf(ctx);
      if (!(await admitted(ctx, 'look', t))) return;
      await inTurn(ctx.req, async () => {
        const iso = await findIsoByToken(ctx.params.token ?? '');
        const values = { isoEmail: typedAddress(ctx.query.to) };
        sendForm(ctx, textsOf(ctx, iso), { ...isoOn(iso), values });
      });
    })
    .post('/join/:token', async (ctx) => {
      const t = textsOf(ctx);
      if (await admitted(ctx, 'send', t)) await receive(ctx, t, ctx.params.token ?? '');
    })
    .get('/join/:token/code.jpg', (ctx) =>
      inTurn(ctx.req, async () => {
        const iso = await findIsoByToken(ctx.params.token ?? '');
        if (iso === undefined) return;
        ctx.type = 'image/jpeg';
        ctx.set('Cache-Control', 'private, max-age=86400');
        ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
        ctx.body = await qrJpeg(`${address}/join/${iso.joinToken}`);
      }),
    )
    .get('/poster/:token', async (ctx) => {
      if (!(await admitted(ctx, 'look', textsOf(ctx)))) return;
      await inTurn(ctx.req, async () => {
        const iso = await findIsoByToken(ctx.params.token ?? '');
        if (iso === undefined) return sendNothing(ctx, textsOf(ctx));
        // the people who will read it, not the one who prints it, choose the language
        const t = textsFor(ctx.query, undefined, languageOf(iso));
        sendPage(ctx, t, posterPage({ iso: iso.name, code: await qrCode(`${address}/join/${iso.joinToken}`) }, t));
      });
    });
}

/** Where the browser asks for no language of ours, that of the ISO. */
function textsOf(ctx: Context, iso?: Iso): T {
  return textsFor(ctx.query, ctx.get('accept-language'), languageOf(iso));
}

function languageOf(iso: Iso | undefined): Language | undefined {
  return isLanguage(iso?.language) ? iso.language : undefined;
}

function sendNothing(ctx: Context, t: T): void {
  ctx.status = 404;
  sendPage(ctx, t, nothingPage(t));
}

/** The e-mail is a log-in of the Global Merchant Portal, and the code hangs on a wall: enough of it to know whose it is. */
function isoOn(iso: Iso | undefined): Pick<JoinPageModel, 'iso'> {
  if (iso === undefined) return {};
  const [box = '', domain = ''] = iso.email.split('@');
  return { iso: { name: iso.name, email: `${box.slice(0, 1)}•••@${domain}` } };
}

function valuesOf(form: URLSearchParams): Values {
  const value = (question: Question): string => visibleLine(form.get(question) ?? '');
  return { isoEmail: value('isoEmail'), name: value('name'), phone: value('phone') };
}

/** What is wrong with the words alone: the ISO's own country is asked only where the address names it. */
function problemsOf({ isoEmail, name, phone }: Values, iso: Iso | undefined): PageProblem[] {
  const problems: PageProblem[] = [];
  if (iso === undefined && parseEmail(isoEmail) === undefined) problems.push({ field: 'isoEmail', code: 'notAnEmail' });
  if (name === '') problems.push({ field: 'name', code: 'required' });
  else if (name.length > LONGEST_STAFF_NAME)
    problems.push({ field: 'name', code: 'tooLong', limit: LONGEST_STAFF_NAME });
  if (parsePhone(phone, iso?.country ?? currentProgramme().programme.defaultMarket) === undefined) {
    problems.push({ field: 'phone', code: 'notAPhone' });
  }
  return problems;
}

/** The e-mail that was typed is read again on the status page. */
function addressedTo(asked: { readonly isoEmail: string } | { readonly isoId: string }): string {
  return 'isoEmail' in asked ? `&to=${sealedAddress(asked.isoEmail)}` : '';
}

/** A request to an ISO that does not exist looks like one that nobody decides, to its end. */
function statusOf(pageId: string, request: Association | undefined, now: number): StatusModel {
  const tooOld = now - askedAtOf(pageId) > LIVES_MS.PENDING;
  switch (request?.state) {
    case undefined:
    case 'PENDING':
      return { state: tooOld ? 'ended' : 'sent' };
    case 'APPROVED':
    case 'INVITED':
    case 'REFUSED':
      return { state: request?.problem === undefined ? 'approved' : 'stuck' };
    case 'REJECTED':
      return { state: 'rejected', reason: request?.reason };
    case 'ACTIVE':
    case 'SUSPENDED':
      return { state: 'joined' };
    case 'WITHDRAWN':
    case 'EXPIRED':
    case 'LEFT':
    case 'REMOVED':
      return { state: 'ended' };
  }
}
