import { derivedId } from '@field/kit/ids';
import { findIso } from '../../models/isos.ts';
import { adminsOf, findPerson } from '../../models/people.ts';
import {
  askForTestAccount,
  findAnyTestAccount,
  findTestAccount,
  giveTestAccount,
  type TestAccount,
} from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { readAccountName } from '../../src/domain/test-account.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { showMenu } from '../menu/menu.ts';
import { type AtHand, showTask } from './task-at-hand.ts';

const subjectOf = (userId: string): Subject => ({ kind: 'testAccount', id: userId });

/** `Ask for one`: each admin of the ISO gets a card. */
export async function askForAccount(ctx: TapContext, { task }: AtHand): Promise<void> {
  const { userId } = ctx.person;
  const { isoId, taskId } = task;
  await askForTestAccount({ userId, isoId, askedAt: ctx.now }, ctx.tx);
  for (const admin of await adminsOf(isoId, ctx.tx)) {
    const intent = derivedId('testAccount', isoId, userId, admin.userId);
    ctx.send({ intent, to: admin.userId, view: 'account.request', subject: subjectOf(userId), kind: 'record' });
  }
  ctx.audit('testAccount.ask', subjectOf(userId));
  await showTask(ctx, taskId);
}

/** `Give one`: an admin of that ISO types the account's name. */
export function openAccountForm(ctx: TapContext, { userId }: TestAccount): void {
  ctx.show({ view: 'account.form', subject: subjectOf(userId) });
}

/** The name is kept, sealed, and told to whoever asked; what could hold a password is not taken, nor kept. */
export async function giveAccount(ctx: TapContext, account: TestAccount): Promise<void> {
  const { userId } = account;
  const alias = readAccountName(String(ctx.update.params.form?.account ?? ''));
  if (alias === undefined) {
    return ctx.show({ view: 'account.form', subject: subjectOf(userId), line: { key: 'line.onlyAccountName' } });
  }
  await giveTestAccount(account, { alias, by: ctx.person.userId, at: ctx.now }, ctx.tx);
  ctx.touch(subjectOf(userId));
  const intent = derivedId('testAccount.given', account.isoId, userId);
  ctx.send({ intent, to: userId, view: 'account.given', subject: subjectOf(userId), kind: 'record' });
  ctx.audit('testAccount.give', subjectOf(userId));
  showMenu(ctx, { key: 'line.accountGiven' });
}

/** What somebody of the admin's own ISO asks for (domain A.12-15), while nobody gave it. */
export const ACCOUNT_ASKED_FOR: TapSubject<TestAccount> = {
  async load({ update, person, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'testAccount' ? await findTestAccount(subject.id, person.isoId ?? '', tx) : undefined;
  },
  mayUse: ({ isoId }, account) => account.isoId === isoId,
  // nobody gives one to themselves while there is another admin
  isOpen: async ({ person, tx }, { given, userId, isoId }) =>
    given === undefined && (userId !== person.userId || (await adminsOf(isoId, tx)).length === 1),
  refuse: (ctx) => showMenu(ctx, { key: 'line.gone' }),
};

/** For an admin of that ISO: who asks, and once it was given, by whom. */
export const loadAccountRequest: LoadCard = async (card, viewer) => {
  const { isoId = '', role } = viewer;
  const account = role === 'ADMIN' ? await findAnyTestAccount(card.subject.id, isoId) : undefined;
  if (account === undefined) return OLD_CARD;
  const { given, returnedAt, userId, version } = account;
  const who = await findPerson(userId);
  const by = given === undefined ? undefined : await findPerson(given.by);
  const timeZone = (await findIso(isoId))?.timeZone ?? 'UTC';
  return {
    name: 'account.request',
    model: {
      name: who?.name ?? '',
      timeZone,
      returned: returnedAt !== undefined,
      given: given && { by: by?.name ?? '', at: given.at, account: given.alias },
    },
    version,
  };
};

export const loadAccountForm: LoadCard = async (card, viewer, now) => {
  const request = await loadAccountRequest(card, viewer, now);
  if (request.name !== 'account.request' || request.model.returned || request.model.given !== undefined) return request;
  return { name: 'account.form', model: { name: request.model.name }, version: request.version };
};

/** For the person it was given to, and nobody else. */
export const loadAccountGiven: LoadCard = async (card, viewer) => {
  const { isoId = '', userId } = viewer;
  const account = card.subject.id === userId ? await findTestAccount(userId, isoId) : undefined;
  if (account?.given === undefined) return OLD_CARD;
  return { name: 'account.given', model: { account: account.given.alias }, version: account.version };
};
