import type { CardLine } from '../../models/cards.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';

type Shows = Pick<TapContext, 'show' | 'person'>;

/** `Team`: an admin's home. */
export async function openTeam(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team', subject: { kind: 'person', id: ctx.person.userId } });
}

/** What is needed now and then. */
export async function openMore(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team-more', subject: { kind: 'person', id: ctx.person.userId } });
}

/** What DingTalk allows in a month, and what is left of it. */
export async function openLimits(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team-limits', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Those who wait, a page at a time. */
export async function openRequests(ctx: TapContext): Promise<void> {
  showRequests(ctx, { page: ctx.update.params.extra.page });
}

export function showRequests(ctx: Shows, { page, line }: { page?: string | undefined; line?: CardLine } = {}): void {
  ctx.show({ view: 'team-requests', subject: pageOf(page), ...(line !== undefined && { line }) });
}

/** One request, on the working card. */
export async function openRequest(ctx: TapContext): Promise<void> {
  showAssociation(ctx, 'team-request');
}

/** Everybody who works for the ISO or was invited to, a page at a time; what was searched for is forgotten at the first. */
export async function openPeople(ctx: TapContext): Promise<void> {
  const { page } = ctx.update.params.extra;
  if (page === undefined) await forgetTyped(ctx);
  ctx.show({ view: 'team-people', subject: pageOf(page) });
}

/** One of them. */
export async function openPerson(ctx: TapContext): Promise<void> {
  showAssociation(ctx, 'team-person');
}

/** The ISO's QR code. */
export async function openPoster(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team-poster', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Asks for a name or the end of a number. */
export async function openSearch(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team-search', subject: { kind: 'person', id: ctx.person.userId } });
}

/** The people whose name or number has this in it. What was looked for is about people too: it is kept sealed. */
export async function searchPeople(ctx: TapContext): Promise<void> {
  const { find } = ctx.update.params.form ?? {};
  const values = { find: typeof find === 'string' ? find.trim().slice(0, 60) : '' };
  ctx.person = await changePerson(ctx.person.userId, { typed: { values, problems: [] } }, ctx.tx);
  ctx.show({ view: 'team-people', subject: pageOf(undefined) });
}

/** What stands typed in a form of the team is done with. */
export async function forgetTyped(ctx: TapContext): Promise<void> {
  if (ctx.person.typed !== undefined) ctx.person = await changePerson(ctx.person.userId, { typed: null }, ctx.tx);
}

function showAssociation(ctx: TapContext, view: 'team-request' | 'team-person'): void {
  const { association } = ctx.update.params.extra;
  if (association !== undefined) ctx.show({ view, subject: { kind: 'association', id: association } });
}

function pageOf(page: string | undefined): { kind: string; id: string } {
  return { kind: 'page', id: page ?? '1' };
}
