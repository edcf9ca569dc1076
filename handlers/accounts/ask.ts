import { derivedId } from '@field/kit/ids';
import { type AccountAsk, addAsk, changeAsk, openAskOf } from '../../models/account-asks.ts';
import { adminsOf, holdMember, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { accountOf } from '../../models/test-accounts.ts';
import type { Context } from '../../src/bot/context.ts';
import { askSubject, subjectOf } from './account-subject.ts';

/**
 * Whoever taps asks their ISO for a test account and its password, or for the password of theirs: each admin gets one card, however often
 * it is tapped. Asked in another shop, it is asked for that one.
 */
export async function askForAccount(ctx: Context, taskId: string | undefined): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId === undefined) return;
  const [asked, account] = await readAll(
    () => openAskOf(userId, isoId, ctx.tx),
    () => accountOf(userId, isoId, ctx.tx),
    () => adminsOf(isoId, ctx.tx),
  );
  if (asked !== undefined) {
    if (taskId === undefined || asked.taskId === taskId) return;
    await changeAsk(asked, { taskId }, ctx.tx);
    return ctx.touch(askSubject(asked));
  }
  ctx.person = await holdMember(ctx.person, ctx.tx);
  const ask = { askId: ctx.ids.next(), isoId, userId, taskId, askedAt: ctx.now, accountId: account?.accountId };
  await addAsk(ask, ctx.tx);
  await tellAdmins(ctx, ask, 'asked');
  ctx.audit('testAccount.ask', askSubject(ask));
  if (account !== undefined) ctx.touch(subjectOf(account));
}

/** A card with what is asked for, below in the chat of each admin; not of whoever asks, while there is another. */
export async function tellAdmins(
  ctx: Context,
  ask: Pick<AccountAsk, 'askId' | 'isoId' | 'userId'>,
  time: 'asked' | number,
): Promise<void> {
  const admins = await adminsOf(ask.isoId, ctx.tx);
  for (const { userId } of admins) {
    if (userId === ask.userId && admins.length > 1) continue;
    const intent = derivedId('accountAsk', ask.askId, time, userId);
    const callClass = time === 'asked' ? undefined : 'reminder';
    ctx.send({ intent, to: userId, kind: 'record', view: 'account.request', subject: askSubject(ask), callClass });
  }
}

/** Nobody waits for it any more. */
export async function dropAsk(ctx: Context, ask: AccountAsk): Promise<void> {
  const { accountId } = await changeAsk(ask, { state: 'DROPPED', endedAt: ctx.now }, ctx.tx);
  ctx.touch(askSubject(ask));
  if (accountId !== undefined) ctx.touch(subjectOf({ accountId }));
  ctx.audit('testAccount.drop', askSubject(ask));
}

/** The inspection for which it was asked is submitted: it is not needed there any more. */
export async function dropAskFor(ctx: Context, { userId, isoId }: Person, taskId: string): Promise<void> {
  const ask = await openAskOf(userId, isoId ?? '', ctx.tx);
  if (ask?.taskId === taskId) await dropAsk(ctx, ask);
}
