import type { SearchedList } from '../../cards/team/search.ts';
import type { ViewName } from '../../cards/views.ts';
import type { CardLine } from '../../models/cards.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { findsAccount } from '../accounts/load-accounts.ts';
import { showAccounts } from '../accounts/show.ts';
import { listNamed } from './lists.ts';

const LISTS: Readonly<Record<SearchedList, ViewName>> = {
  people: 'team.people',
  failed: 'team.failed',
  tasks: 'team.tasks',
  accounts: 'account.list',
  items: 'team.found',
};

type Shows = Pick<TapContext, 'show' | 'person'>;

/** `Team`: an admin's home. */
export async function openTeam(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team', subject: { kind: 'person', id: ctx.person.userId } });
}

/** What is needed now and then. */
export async function openMore(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.more', subject: { kind: 'person', id: ctx.person.userId } });
}

/** What DingTalk allows in a month, and what is left of it. */
export async function openLimits(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.limits', subject: { kind: 'person', id: ctx.person.userId } });
}

/** What came of the last days, and what is missing. */
export async function openCameIn(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.cameIn', subject: { kind: 'person', id: ctx.person.userId } });
}

/** The fees of a month; this one and the first fee unless it is said. */
export async function openFees(ctx: TapContext): Promise<void> {
  const { month = '', fee = '' } = ctx.update.params.extra;
  ctx.show({ view: 'team.fees', subject: { kind: 'fees', id: `${month}/${fee}` } });
}

/** What one number of it is made of, a page at a time. */
export async function openFeeLines(ctx: TapContext): Promise<void> {
  const { month = '', fee = '', number = '', page = '1' } = ctx.update.params.extra;
  ctx.show({ view: 'team.feeLines', subject: { kind: 'fees', id: [month, fee, number, page].join('/') } });
}

/** One of these, with the row that said so. */
export async function openFeeLine(ctx: TapContext): Promise<void> {
  const { line } = ctx.update.params.extra;
  if (line !== undefined) ctx.show({ view: 'team.feeLine', subject: { kind: 'feeLine', id: line } });
}

/** Photos that an admin should look at, a page at a time. */
export async function openFlaggedPhotos(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.photos', subject: pageOf(ctx.update.params.extra.page) });
}

/** Those who wait, a page at a time. */
export async function openRequests(ctx: TapContext): Promise<void> {
  showRequests(ctx, { page: ctx.update.params.extra.page });
}

export function showRequests(
  ctx: Shows,
  { page, line }: { page?: string | undefined; line?: CardLine | undefined } = {},
): void {
  ctx.show({ view: 'team.requests', subject: pageOf(page), line });
}

/** One request, on the working card. */
export async function openRequest(ctx: TapContext): Promise<void> {
  showAssociation(ctx, 'team.request');
}

/** Everybody who works for the ISO or was invited to, a page at a time; what was searched for is forgotten at the first. */
export const openPeople = listOpener('people');

/** What has failed and can still be put right. */
export const openFailed = listOpener('failed');

/** What a number or a code stands for. */
export const openFound = listOpener('items');

/** The open inspections. */
export const openTasks = listOpener('tasks');

/** One of them. */
export async function openPerson(ctx: TapContext): Promise<void> {
  showAssociation(ctx, 'team.person');
}

/** The ISO's QR code. */
export async function openPoster(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.poster', subject: { kind: 'person', id: ctx.person.userId } });
}

/** The appeals whose answer is late, a page at a time. */
export async function openLateAppeals(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.appeals', subject: pageOf(ctx.update.params.extra.page) });
}

/** One failure, as an admin reads it. */
export async function openFailedItem(ctx: TapContext): Promise<void> {
  const { item } = ctx.update.params.extra;
  if (item !== undefined) ctx.show({ view: 'team.failedItem', subject: { kind: 'item', id: item } });
}

/** The groups that get the digest. */
export async function openGroups(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.groups', subject: pageOf(ctx.update.params.extra.page) });
}

/** Asks what to look for in a list. */
export async function openSearch(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.search', subject: { kind: 'list', id: listNamed(ctx.update.params.extra.list) } });
}

/** What of a list has this in it. What was looked for is about people too: it is kept sealed. */
export async function search(ctx: TapContext): Promise<void> {
  const { form, extra } = ctx.update.params;
  const list = listNamed(extra.list);
  const typed = typeof form?.find === 'string' ? form.find.trim().slice(0, 60) : '';
  // a password typed there must not be kept (domain A.9)
  if (list === 'accounts' && !(await findsAccount(ctx, typed))) {
    await forgetSearch(ctx);
    return showAccounts(ctx, '1', { key: 'accounts.nothingFound' });
  }
  const values = { ...ctx.person.typed?.values, find: typed };
  ctx.person = await changePerson(ctx.person.userId, { typed: { values, problems: [] } }, ctx.tx);
  ctx.show({ view: LISTS[list], subject: pageOf(undefined) });
}

/** What was searched for is done with; people who are still to be invited stay where they were typed. */
export async function forgetSearch(ctx: TapContext): Promise<void> {
  const { find, ...values } = ctx.person.typed?.values ?? {};
  if (find === undefined) return;
  const typed = Object.keys(values).length === 0 ? null : { values, problems: [] };
  ctx.person = await changePerson(ctx.person.userId, { typed }, ctx.tx);
}

function showAssociation(ctx: TapContext, view: 'team.request' | 'team.person'): void {
  const { association } = ctx.update.params.extra;
  if (association !== undefined) ctx.show({ view, subject: { kind: 'association', id: association } });
}

/** Opens a page of a list that can be searched. */
function listOpener(list: SearchedList): (ctx: TapContext) => Promise<void> {
  return async (ctx) => {
    const { page } = ctx.update.params.extra;
    if (page === undefined) await forgetSearch(ctx);
    ctx.show({ view: LISTS[list], subject: pageOf(page) });
  };
}

function pageOf(page: string | undefined): Subject {
  return { kind: 'page', id: page ?? '1' };
}
