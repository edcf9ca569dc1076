import { type AccountLine, addAccount, listAccounts, retireAccountOf } from './accounts.ts';
import { type CommandGroup, command, OP } from './command.ts';
import { ACCOUNT_NAME, ISO_EMAIL } from './iso-inputs.ts';

const list = command({
  name: 'list',
  what: 'lists the test accounts of an ISO, and who has which since when',
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, { onStore }) => onStore(() => listAccounts(email)),
  say: ({ iso, accounts }) =>
    accounts.length === 0
      ? `${iso.name} has no test account yet. Add one: ${OP} iso accounts add --help`
      : accounts.map(lineOf).join('\n'),
});

const add = command({
  name: 'add',
  what: 'adds a test account to an ISO, by its name: a password is never taken',
  takes: { email: ISO_EMAIL, account: ACCOUNT_NAME },
  options: {},
  run: (asked, operator) => operator.onStore(() => addAccount(asked, operator)),
  say: ({ iso, account }) => `${account} is in the list of ${iso.name}. Its admins give it in Team, Test accounts.`,
});

const retire = command({
  name: 'retire',
  what: 'takes a test account that nobody has from the list of an ISO',
  takes: { email: ISO_EMAIL, account: ACCOUNT_NAME },
  options: {},
  run: (asked, operator) => operator.onStore(() => retireAccountOf(asked, operator)),
  say: ({ iso, account }) => `${account} is retired: ${iso.name} gives it to nobody any more.`,
});

export const accounts: CommandGroup = {
  name: 'accounts',
  what: 'the Alipay test accounts of an ISO',
  commands: [list, add, retire],
};

function lineOf({ account, state, holder, since }: AccountLine): string {
  const day = since === undefined ? '' : `  since ${new Date(since).toISOString().slice(0, 10)}`;
  return `${account}  ${STANDS[state]}${holder === undefined ? '' : ` ${holder}`}${day}`;
}

const STANDS: Readonly<Record<AccountLine['state'], string>> = {
  FREE: 'free',
  GIVEN: 'with',
  RETURNED: 'back, its password is to be changed',
  RETIRED: 'retired',
};
