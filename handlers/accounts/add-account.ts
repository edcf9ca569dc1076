import { type AccountAsk, findAsk } from '../../models/account-asks.ts';
import type { CardLine } from '../../models/cards.ts';
import { findPerson } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { accountNamed, accountOf, addTestAccount, type TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { maskedAccount, readAccountName } from '../../src/domain/test-account.ts';
import { askSubject, subjectOf } from './account-subject.ts';
import { giveAccount } from './give-account.ts';
import { mayAnswer } from './subjects.ts';

/** `Add an account`: from the list, or for somebody who asks. */
export async function openAccountForm(ctx: TapContext): Promise<void> {
  const { ask } = ctx.update.params.extra;
  showForm(ctx, ask === undefined ? undefined : await askNamed(ctx, ask));
}

/**
 * An account is in the list by its name; for somebody who asks it is theirs at once. What could be or hold a password is neither taken
 * nor kept, and does not come back in the form.
 */
export async function addAccount(ctx: TapContext): Promise<void> {
  const { form, subject } = ctx.update.params;
  const ask = subject?.kind === 'accountAsk' ? await askNamed(ctx, subject.id) : undefined;
  const name = readAccountName(String(form?.account ?? ''));
  if (name === undefined) return showForm(ctx, ask, { key: 'line.onlyAccountName' });
  const { isoId = '', userId } = ctx.person;
  const [known, to] = await readAll(
    () => accountNamed(isoId, name, ctx.tx),
    async () => (ask === undefined ? undefined : await findPerson(ask.userId, ctx.tx)),
    async () => (ask === undefined ? undefined : await accountOf(ask.userId, isoId, ctx.tx)),
  );
  const account = known ?? (await add(ctx, { isoId, name, by: userId }));
  const args = { account: maskedAccount(account.name) };
  if (ask === undefined) {
    return showForm(ctx, undefined, { key: known === undefined ? 'accounts.added' : 'accounts.known', args });
  }
  const given = to !== undefined && (await giveAccount(ctx, account, to, ask));
  ctx.show({ view: 'account.asked', subject: askSubject(ask), line: given ? undefined : { key: 'accounts.notGiven' } });
}

async function add(
  ctx: TapContext,
  { isoId, name, by }: Readonly<Record<'isoId' | 'name' | 'by', string>>,
): Promise<TestAccount> {
  const added = { accountId: ctx.ids.next(), isoId, name, addedBy: by, addedAt: ctx.now };
  const account = await addTestAccount(added, ctx.tx);
  ctx.audit('testAccount.add', subjectOf(account));
  return account;
}

function showForm(ctx: TapContext, ask: AccountAsk | undefined, line?: CardLine): void {
  const subject = ask === undefined ? ({ kind: 'person', id: ctx.person.userId } as const) : askSubject(ask);
  ctx.show({ view: 'account.new', subject, line });
}

/** What is asked of this ISO and waits, and may be answered by this admin; nothing in a tap is trusted. */
async function askNamed(ctx: TapContext, askId: string): Promise<AccountAsk | undefined> {
  const ask = await findAsk(askId, ctx.tx);
  const isOpen = ask?.isoId === ctx.person.isoId && ask?.state === 'OPEN' && (await mayAnswer(ctx, ask.userId));
  return isOpen ? ask : undefined;
}
