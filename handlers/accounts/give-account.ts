import { derivedId } from '@field/kit/ids';
import { type AccountAsk, changeAsk, openAskOf } from '../../models/account-asks.ts';
import { findPerson, holdMember, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { accountOf, changeAccount, findTestAccount, type TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { askSubject, subjectOf } from './account-subject.ts';
import { showAccount } from './show.ts';
import { mayAnswer } from './subjects.ts';

/** `Give TH-05`, or the one that is chosen: to whoever asks. */
export async function giveToAsker(ctx: TapContext, ask: AccountAsk): Promise<void> {
  const { extra, form = {} } = ctx.update.params;
  const chosen = extra.account ?? form.account;
  const [account, to] = await readAll(
    async () => (typeof chosen === 'string' ? await findTestAccount(chosen, ctx.tx) : undefined),
    () => findPerson(ask.userId, ctx.tx),
    () => accountOf(ask.userId, ask.isoId, ctx.tx),
  );
  const given = account !== undefined && to !== undefined && (await giveAccount(ctx, account, to, ask));
  if (given && ctx.card?.kind === 'record') return;
  ctx.show({ view: 'account.asked', subject: askSubject(ask), line: given ? undefined : { key: 'accounts.notGiven' } });
}

/** From the list: to somebody of the ISO who is at work and has none. */
export async function giveToPerson(ctx: TapContext, account: TestAccount): Promise<void> {
  const { to: userId } = ctx.update.params.form ?? {};
  if (typeof userId !== 'string') return showAccount(ctx, account, { key: 'accounts.notGiven' });
  const [to] = await readAll(
    () => findPerson(userId, ctx.tx),
    () => accountOf(userId, account.isoId, ctx.tx),
    () => openAskOf(userId, account.isoId, ctx.tx),
    () => mayAnswer(ctx, userId),
  );
  const may = to !== undefined && (await mayAnswer(ctx, to.userId));
  const given = may && (await giveAccount(ctx, account, to));
  showAccount(ctx, account, { key: given ? 'accounts.given' : 'accounts.notGiven' });
}

/**
 * An account that nobody has is somebody's, who reads its name. Answers whether: not where it is somebody's already or its password is
 * not changed yet, and not to whoever has one, or is not at work in that ISO at this moment.
 */
export async function giveAccount(
  ctx: TapContext,
  account: TestAccount,
  to: Person,
  asked?: AccountAsk,
): Promise<boolean> {
  const { isoId = '' } = ctx.person;
  const isAtWork = to.isoId === isoId && to.state === 'ACTIVE';
  if (account.isoId !== isoId || account.state !== 'FREE' || !isAtWork) return false;
  if ((await accountOf(to.userId, isoId, ctx.tx)) !== undefined) return false;
  await holdMember(to, ctx.tx);
  const givenBy = ctx.person.userId;
  const theirs = { state: 'GIVEN', holderId: to.userId, givenBy, givenAt: ctx.now } as const;
  const forgotten = { lastHolderId: null, back: null, returnedAt: null } as const;
  const { version } = await changeAccount(account, { ...theirs, ...forgotten }, ctx.tx);
  const ask = asked ?? (await openAskOf(to.userId, isoId, ctx.tx));
  if (ask !== undefined) {
    await changeAsk(ask, { accountId: account.accountId }, ctx.tx);
    ctx.touch(askSubject(ask));
  }
  ctx.touch(subjectOf(account));
  ctx.audit('testAccount.give', subjectOf(account));
  ctx.send({
    intent: derivedId('accountGiven', account.accountId, version, to.userId),
    to: to.userId,
    kind: 'record',
    view: 'account.given',
    subject: subjectOf(account),
  });
  return true;
}
