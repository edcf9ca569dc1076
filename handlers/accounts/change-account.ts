import { derivedId } from '@field/kit/ids';
import { type AccountAsk, changeAsk } from '../../models/account-asks.ts';
import { accountOf, changeAccount, type TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { maskedAccount } from '../../src/domain/test-account.ts';
import { showMenu } from '../menu/menu.ts';
import { askSubject, subjectOf } from './account-subject.ts';
import { returnAccount } from './return-account.ts';
import { showAccount, showAccounts } from './show.ts';

/** `Given`: the admin told the password in their own chat; both cards say when. */
export async function passwordGiven(ctx: TapContext, ask: AccountAsk): Promise<void> {
  const { userId } = ctx.person;
  const account = await accountOf(ask.userId, ask.isoId, ctx.tx);
  if (account === undefined) return;
  const answered = { state: 'ANSWERED', answeredBy: userId, endedAt: ctx.now, accountId: account.accountId } as const;
  await changeAsk(ask, answered, ctx.tx);
  await changeAccount(account, { toldBy: userId, toldAt: ctx.now }, ctx.tx);
  ctx.touch(askSubject(ask));
  ctx.touch(subjectOf(account));
  ctx.audit('testAccount.tell', subjectOf(account));
}

/** `Password changed`: it can be given again. */
export async function passwordChanged(ctx: TapContext, account: TestAccount): Promise<void> {
  if (account.state !== 'RETURNED') return showAccount(ctx, account);
  await changeAccount(account, { state: 'FREE', changedBy: ctx.person.userId, changedAt: ctx.now }, ctx.tx);
  ctx.touch(subjectOf(account));
  ctx.audit('testAccount.changePassword', subjectOf(account));
  if (ctx.card?.kind !== 'record') showAccount(ctx, account);
}

/** `Retire`: it stands on no list any more. */
export async function retireAccount(ctx: TapContext, account: TestAccount): Promise<void> {
  if (account.state === 'GIVEN') return showAccount(ctx, account);
  await changeAccount(account, { state: 'RETIRED', retiredAt: ctx.now }, ctx.tx);
  ctx.touch(subjectOf(account));
  ctx.audit('testAccount.retire', subjectOf(account));
  showAccounts(ctx, '1', { key: 'accounts.retired', args: { account: maskedAccount(account.name) } });
}

/** `Take back`: whoever has it reads that, and the card says to change its password. */
export async function takeAccountBack(ctx: TapContext, account: TestAccount): Promise<void> {
  const { holderId, accountId, version, name } = account;
  if (holderId === undefined) return showAccount(ctx, account);
  await returnAccount(ctx, account, 'takenBack');
  if (holderId !== ctx.person.userId)
    ctx.send({
      intent: derivedId('accountTaken', accountId, version, holderId),
      to: holderId,
      kind: 'line',
      view: 'line',
      subject: { kind: 'person', id: holderId },
      line: { key: 'accounts.taken', args: { account: maskedAccount(name) } },
    });
  showAccount(ctx, account);
}

/** `Give back`, by whoever has it. */
export async function giveAccountBack(ctx: TapContext, account: TestAccount): Promise<void> {
  await returnAccount(ctx, account, 'gaveBack');
  showMenu(ctx, { key: 'accounts.givenBack' });
}
