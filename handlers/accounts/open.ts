import type { AccountAsk } from '../../models/account-asks.ts';
import { accountOf, type TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { showMenu } from '../menu/menu.ts';
import { forgetSearch } from '../team/team.ts';
import { ACCOUNT_CHANGES, askSubject, subjectOf } from './account-subject.ts';
import { askForAccount } from './ask.ts';
import { showAccount, showAccounts } from './show.ts';

/** `Test accounts`: all of the ISO, who has which since when, and who asks; of a supervisor, those that their team has. */
export async function openAccounts(ctx: TapContext): Promise<void> {
  const { page } = ctx.update.params.extra;
  if (page === undefined) await forgetSearch(ctx);
  showAccounts(ctx, page);
}

/** One of them. */
export async function openAccount(ctx: TapContext): Promise<void> {
  const { account } = ctx.update.params.extra;
  if (account !== undefined) showAccount(ctx, { accountId: account });
}

/** What somebody asks for, on the working card. */
export async function openAsk(ctx: TapContext): Promise<void> {
  const { ask } = ctx.update.params.extra;
  if (ask !== undefined) ctx.show({ view: 'account.asked', subject: { kind: 'accountAsk', id: ask } });
}

/** Asks which account somebody gets. */
export function chooseAccount(ctx: TapContext, ask: AccountAsk): void {
  ctx.show({ view: 'account.choose', subject: askSubject(ask) });
}

/** Asks who gets an account. */
export function chooseHolder(ctx: TapContext, account: TestAccount): void {
  ctx.show({ view: 'account.whom', subject: subjectOf(account) });
}

/** Everything that ends something is asked once: what it means stands above. */
export async function askSure(ctx: TapContext): Promise<void> {
  const { account, change } = ctx.update.params.extra;
  const asked = ACCOUNT_CHANGES.find((one) => one === change);
  if (account === undefined || asked === undefined) return;
  ctx.show({ view: 'account.sure', subject: { kind: 'accountChange', id: `${asked}/${account}` } });
}

/** `My test account`, from Spot Inspection. */
export async function openOwnAccount(ctx: TapContext): Promise<void> {
  const { userId, isoId = '' } = ctx.person;
  const account = await accountOf(userId, isoId, ctx.tx);
  if (account === undefined) return showMenu(ctx, { key: 'line.gone' });
  ctx.show({ view: 'account.mine', subject: subjectOf(account) });
}

/** `Ask for the password`, from one's own account: for no shop. */
export async function askForPassword(ctx: TapContext): Promise<void> {
  await askForAccount(ctx, undefined);
}
