import type { CardLine } from '../../models/cards.ts';
import type { TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';

type Shows = Pick<TapContext, 'show'>;

/** One account of the ISO, as its admins see it. */
export function showAccount(ctx: Shows, { accountId }: Pick<TestAccount, 'accountId'>, line?: CardLine): void {
  ctx.show({ view: 'account.detail', subject: { kind: 'testAccount', id: accountId }, line });
}

/** All that the ISO has, a page at a time. */
export function showAccounts(ctx: Shows, page = '1', line?: CardLine): void {
  ctx.show({ view: 'account.list', subject: { kind: 'page', id: page }, line });
}
