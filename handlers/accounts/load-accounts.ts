import type { AccountDetailModel } from '../../cards/account/detail.ts';
import type { AccountRow } from '../../cards/account/list.ts';
import { openAskOf, openAsksOf } from '../../models/account-asks.ts';
import { findIso } from '../../models/isos.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { accountsOf, findTestAccount, type TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { maskedAccount } from '../../src/domain/test-account.ts';
import { forAdmins, forThoseInCharge, type Scope, scopeOf } from '../team/for-admins.ts';
import { PAGE, paged, reads } from '../team/lists.ts';
import { changeNamed } from './account-subject.ts';

const byName = new Intl.Collator('en', { numeric: true });
const ORDER: Readonly<Record<AccountRow['state'], number>> = { asks: 0, back: 1, given: 2, free: 3 };

/**
 * All accounts of the ISO and who asks for one: what there is something to do about first, then by name. A supervisor reads who of their
 * team has which since when, and nothing else of it.
 */
export const loadAccounts = forThoseInCharge(async (card, viewer, scope, _now, seen) => {
  const { isoId, everybody } = scope;
  const find = viewer.typed?.values.find ?? '';
  const [all, iso] = await Promise.all([rowsIn(scope), findIso(isoId, seen)]);
  const found = all.filter(({ account, name }) => reads(find, account, name));
  const { rows, page, pages, count } = paged(found, card);
  const accounts = find === '' ? all.filter(({ account }) => account !== undefined).length : count;
  return {
    name: 'account.list',
    model: {
      rows,
      page,
      pages,
      count: accounts,
      find,
      search: all.length > PAGE,
      everybody,
      timeZone: iso?.timeZone ?? 'UTC',
    },
    version: 0,
  };
});

/** Whether anything in the list of whoever is in charge has this in it. */
export async function findsAccount({ person, now, tx }: TapContext, find: string): Promise<boolean> {
  const scope = await scopeOf(person, now, tx);
  const rows = scope === undefined ? [] : await rowsIn(scope);
  return rows.some(({ account, name }) => reads(find, account, name));
}

/** Accounts whose password is to be changed, and asks that wait. */
export async function countAccountsToSeeTo(isoId: string): Promise<number> {
  const [accounts, asks] = await Promise.all([accountsOf(isoId), openAsksOf(isoId)]);
  return accounts.filter(({ state }) => state === 'RETURNED').length + asks.length;
}

async function rowsIn({ isoId, everybody, has }: Scope): Promise<readonly AccountRow[]> {
  return everybody ? await rowsOf(isoId) : await rowsHeldBy(isoId, has);
}

async function rowsHeldBy(isoId: string, has: Scope['has']): Promise<readonly AccountRow[]> {
  const held = (await accountsOf(isoId)).filter(({ holderId }) => has(holderId));
  const names = await namesOf(held.flatMap(({ holderId }) => holderId ?? []));
  return held
    .map(({ name, holderId = '', givenAt }): AccountRow => {
      return { account: maskedAccount(name), state: 'given', name: names.get(holderId), at: givenAt };
    })
    .sort((one, other) => byName.compare(one.account ?? '', other.account ?? ''));
}

async function rowsOf(isoId: string): Promise<readonly AccountRow[]> {
  const [accounts, asks] = await Promise.all([accountsOf(isoId), openAsksOf(isoId)]);
  const names = await namesOf([
    ...asks.map(({ userId }) => userId),
    ...accounts.flatMap(({ holderId }) => holderId ?? []),
  ]);
  const held = new Set(accounts.flatMap(({ holderId }) => holderId ?? []));
  const without = asks
    .filter(({ userId }) => !held.has(userId))
    .map(({ askId, userId, askedAt }): AccountRow => {
      return { opens: { ask: askId }, state: 'asks', name: names.get(userId), at: askedAt };
    });
  const rows = accounts.map((one): AccountRow => {
    const ask = asks.find(({ userId }) => userId === one.holderId);
    const account = maskedAccount(one.name);
    const name = names.get(one.holderId ?? '');
    const opens = { account: one.accountId };
    if (ask !== undefined) return { opens, account, state: 'asks', name, at: ask.askedAt };
    return { opens, account, name, ...standing(one) };
  });
  return [...without, ...rows].sort(
    (one, other) => ORDER[one.state] - ORDER[other.state] || byName.compare(one.account ?? '', other.account ?? ''),
  );
}

function standing({ state, givenAt, returnedAt }: TestAccount): Pick<AccountRow, 'state' | 'at'> {
  if (state === 'RETURNED') return { state: 'back', at: returnedAt };
  return state === 'GIVEN' ? { state: 'given', at: givenAt } : { state: 'free' };
}

/** One account of the ISO, and what can be done about it. */
export const loadAccount: LoadCard = forAdmins(async (card, _viewer, isoId, _now, seen) => {
  const [account, iso] = await Promise.all([findTestAccount(card.subject.id, seen), findIso(isoId, seen)]);
  if (account?.isoId !== isoId) return OLD_CARD;
  const { accountId, name, version } = account;
  const named = { accountId, account: name, timeZone: iso?.timeZone ?? 'UTC' };
  return { name: 'account.detail', model: { ...named, ...(await detailOf(account)) }, version };
});

type Standing<M> = M extends unknown ? Omit<M, 'accountId' | 'account' | 'timeZone'> : never;

async function detailOf(account: TestAccount): Promise<Standing<AccountDetailModel>> {
  const { state, isoId, holderId = '', givenAt = 0, toldBy = '', toldAt, changedBy = '', changedAt } = account;
  const [names, ask] = await Promise.all([
    namesOf([holderId, toldBy, changedBy]),
    state === 'GIVEN' ? openAskOf(holderId, isoId) : undefined,
  ]);
  const by = (userId: string, at: number | undefined) =>
    at === undefined ? undefined : { by: names.get(userId) ?? '', at };
  switch (state) {
    case 'FREE':
      return { state: 'free', changed: by(changedBy, changedAt) };
    case 'GIVEN':
      return {
        state: 'given',
        name: names.get(holderId) ?? '',
        since: givenAt,
        ask: ask && { askId: ask.askId, at: ask.askedAt },
        told: by(toldBy, toldAt),
      };
    case 'RETURNED':
      return { state: 'back', back: await backOf(account) };
    case 'RETIRED':
      return { state: 'retired' };
  }
}

async function backOf({ lastHolderId = '', back = 'left', returnedAt = 0 }: TestAccount) {
  return { name: (await namesOf([lastHolderId])).get(lastHolderId) ?? '', back, at: returnedAt };
}

/** That an account came back, and once its password is changed, by whom. */
export const loadReturned: LoadCard = forAdmins(async (card, _viewer, isoId, _now, seen) => {
  const account = await findTestAccount(card.subject.id, seen);
  if (account?.isoId !== isoId) return OLD_CARD;
  const { name, state, changedBy = '', changedAt, version } = account;
  const [names, back, iso] = await Promise.all([
    namesOf([changedBy]),
    state === 'RETURNED' ? backOf(account) : undefined,
    findIso(isoId, seen),
  ]);
  const changed = changedAt === undefined ? undefined : { by: names.get(changedBy) ?? '', at: changedAt };
  const timeZone = iso?.timeZone ?? 'UTC';
  return { name: 'account.returned', model: { account: maskedAccount(name), back, changed, timeZone }, version };
});

/** Who can get an account: everybody at work who has none; the reader only where nobody else is admin. */
export const loadWhom: LoadCard = forAdmins(async (card, viewer, isoId, now, seen) => {
  const [account, accounts, all] = await Promise.all([
    findTestAccount(card.subject.id, seen),
    accountsOf(isoId),
    peopleOf(isoId),
  ]);
  if (account?.isoId !== isoId || account.state !== 'FREE') return await loadAccount(card, viewer, now, seen);
  const held = new Set(accounts.flatMap(({ holderId }) => holderId ?? []));
  const atWork = all.filter(({ state }) => state === 'ACTIVE');
  const onlyAdmin = atWork.filter(({ role }) => role === 'ADMIN').length === 1;
  const people = atWork
    .filter(({ userId }) => !held.has(userId) && (onlyAdmin || userId !== viewer.userId))
    .map(({ userId, name }) => ({ userId, name }))
    .sort((one, other) => byName.compare(one.name, other.name));
  return { name: 'account.whom', model: { account: maskedAccount(account.name), people }, version: account.version };
});

/** What is asked before an account is taken back or retired by an admin, or given back by whoever has it. */
export const loadSure: LoadCard = async (card, viewer) => {
  const asked = changeNamed(card.subject);
  const account = asked && (await findTestAccount(asked.accountId));
  if (asked === undefined || account === undefined || account.isoId !== viewer.isoId) return OLD_CARD;
  const { change } = asked;
  const isTheirs = account.holderId === viewer.userId;
  if (change === 'giveBack' ? !isTheirs : viewer.role !== 'ADMIN') return OLD_CARD;
  const { accountId, holderId = '', name, version } = account;
  const holder = (await namesOf([holderId])).get(holderId) ?? '';
  return { name: 'account.sure', model: { accountId, account: maskedAccount(name), change, name: holder }, version };
};
