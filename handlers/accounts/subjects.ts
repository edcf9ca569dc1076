import { type AccountAsk, findAsk } from '../../models/account-asks.ts';
import { adminsOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { accountOf, findTestAccount, type TestAccount } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { showMenu } from '../menu/menu.ts';
import { askSubject, changeNamed } from './account-subject.ts';
import { showAccount } from './show.ts';

/** An account of the admin's own ISO (domain A.12-14). */
export const ACCOUNT_OF_ISO: VersionedSubject<TestAccount> = {
  load: namedAccount,
  mayUse: ({ isoId }, account) => account.isoId === isoId,
  isOpen: (_ctx, { state }) => state !== 'RETIRED',
  versionOf: ({ version }) => version,
  refuse(ctx, refusal) {
    if (refusal.why === 'gone' || refusal.why === 'foreign') return showMenu(ctx, { key: 'line.gone' });
    showAccount(ctx, refusal.subject, { key: 'accounts.changedMeanwhile' });
  },
};

/** The account that whoever taps has. */
export const OWN_ACCOUNT: VersionedSubject<TestAccount> = {
  load: namedAccount,
  mayUse: ({ userId, isoId }, account) => account.isoId === isoId && account.holderId === userId,
  versionOf: ({ version }) => version,
  refuse: (ctx) => showMenu(ctx, { key: 'line.gone' }),
};

/** What somebody of the admin's own ISO asks for and waits for. Nobody answers themselves while there is another admin. */
export const OPEN_ASK: VersionedSubject<AccountAsk> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'accountAsk' ? await findAsk(subject.id, tx) : undefined;
  },
  mayUse: ({ isoId }, ask) => ask.isoId === isoId,
  isOpen: async (ctx, { state, userId }) => state === 'OPEN' && (await mayAnswer(ctx, userId)),
  versionOf: ({ version }) => version,
  refuse(ctx, refusal) {
    if (refusal.why !== 'stale') return showMenu(ctx, { key: 'line.gone' });
    ctx.show({
      view: 'account.asked',
      subject: askSubject(refusal.subject),
      line: { key: 'accounts.changedMeanwhile' },
    });
  },
};

/** Whether this admin may give something to that person: to themselves only where nobody else can. */
export async function mayAnswer({ person, tx }: Pick<TapContext, 'person' | 'tx'>, userId: string): Promise<boolean> {
  if (userId !== person.userId) return true;
  const { isoId = '' } = person;
  const [admins] = await readAll(
    () => adminsOf(isoId, tx),
    // what is given, or is there already, is asked for next
    () => accountOf(userId, isoId, tx),
  );
  return admins.length === 1;
}

async function namedAccount({ update, tx }: TapContext): Promise<TestAccount | undefined> {
  const { subject } = update.params;
  const id = subject?.kind === 'testAccount' ? subject.id : subject && changeNamed(subject)?.accountId;
  return id === undefined ? undefined : await findTestAccount(id, tx);
}
