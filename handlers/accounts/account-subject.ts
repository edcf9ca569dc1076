import type { AccountAsk } from '../../models/account-asks.ts';
import type { TestAccount } from '../../models/test-accounts.ts';
import type { Subject } from '../../src/platform/subject.ts';

export function subjectOf({ accountId }: Pick<TestAccount, 'accountId'>): Subject {
  return { kind: 'testAccount', id: accountId };
}

export function askSubject({ askId }: Pick<AccountAsk, 'askId'>): Subject {
  return { kind: 'accountAsk', id: askId };
}

/** What is asked once before it is done to an account. */
export const ACCOUNT_CHANGES = ['takeBack', 'retire', 'giveBack'] as const;
export type AccountSure = (typeof ACCOUNT_CHANGES)[number];

/** `takeBack/<accountId>`; nothing in a tap is trusted. */
export function changeNamed({
  kind,
  id,
}: Subject): { readonly change: AccountSure; readonly accountId: string } | undefined {
  const at = id.indexOf('/');
  const change = ACCOUNT_CHANGES.find((one) => one === id.slice(0, at));
  return kind === 'accountChange' && change !== undefined ? { change, accountId: id.slice(at + 1) } : undefined;
}
