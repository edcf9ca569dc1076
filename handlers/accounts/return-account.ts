import { derivedId } from '@field/kit/ids';
import { openAskOf } from '../../models/account-asks.ts';
import { adminsOf, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { accountOf, changeAccount, type TestAccount } from '../../models/test-accounts.ts';
import type { Context } from '../../src/bot/context.ts';
import type { WhyBack } from '../../src/domain/account-state.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { subjectOf } from './account-subject.ts';
import { dropAsk } from './ask.ts';

const AUDITED: Readonly<Record<WhyBack, Audited>> = {
  gaveBack: 'testAccount.giveBack',
  takenBack: 'testAccount.takeBack',
  paused: 'testAccount.return',
  left: 'testAccount.return',
};

/**
 * An account is with nobody again. Whoever had it knows its password, so it is given to nobody before that is changed: the admins
 * read it on a card, but for the one who took it back, who reads it at once.
 */
export async function returnAccount(ctx: Context, account: TestAccount, back: WhyBack): Promise<void> {
  const { holderId, isoId } = account;
  if (holderId === undefined) return;
  const [ask, admins] = await readAll(
    () => openAskOf(holderId, isoId, ctx.tx),
    () => adminsOf(isoId, ctx.tx),
  );
  const nobodys = { holderId: null, givenBy: null, givenAt: null, toldBy: null, toldAt: null } as const;
  const notYet = { changedBy: null, changedAt: null } as const;
  const returned = { state: 'RETURNED', back, lastHolderId: holderId, returnedAt: ctx.now } as const;
  const { version } = await changeAccount(account, { ...nobodys, ...notYet, ...returned }, ctx.tx);
  if (ask !== undefined) await dropAsk(ctx, ask);
  ctx.touch(subjectOf(account));
  ctx.audit(AUDITED[back], subjectOf(account));
  for (const { userId } of admins) {
    if (userId === holderId || (back === 'takenBack' && userId === ctx.person.userId)) continue;
    const intent = derivedId('accountBack', account.accountId, version, userId);
    ctx.send({ intent, to: userId, kind: 'record', view: 'account.returned', subject: subjectOf(account) });
  }
}

/** Somebody may not work in their ISO any more, for now or for good: the account comes back, and nobody waits for what they asked. */
export async function returnAccountOf(ctx: Context, person: Person, back: 'paused' | 'left'): Promise<void> {
  const { userId, isoId } = person;
  if (isoId === undefined) return;
  const [account, ask] = await readAll(
    () => accountOf(userId, isoId, ctx.tx),
    () => openAskOf(userId, isoId, ctx.tx),
    () => adminsOf(isoId, ctx.tx),
  );
  if (account !== undefined) return await returnAccount(ctx, account, back);
  if (ask !== undefined) await dropAsk(ctx, ask);
}
