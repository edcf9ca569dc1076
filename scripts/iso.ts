import { parseArgs } from 'node:util';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { problemOf } from '@field/kit/startup';
import { readStoreConfig } from '../src/config/config.ts';
import { type IsoCommands, isoCommands } from '../src/operator/isos.ts';
import { withStore } from '../src/operator/open-store.ts';

const USAGE = `Sets up ISOs and their admins, while the bot runs or not.

  npm run iso -- create --email E --name N [--country TH] [--time-zone Asia/Bangkok] [--language en]
  npm run iso -- list
  npm run iso -- show <e-mail>
  npm run iso -- admin add <e-mail> <userId> [--name N]
  npm run iso -- admin remove <e-mail> <userId>

  The e-mail is the one with which the ISO logs in to Alipay Global Merchant Portal. A userId stands in DingTalk's
  admin console, in the person's details.`;

const OPTIONS = {
  email: { type: 'string', default: '' },
  name: { type: 'string' },
  country: { type: 'string', default: 'TH' },
  'time-zone': { type: 'string', default: 'Asia/Bangkok' },
  language: { type: 'string', default: 'en' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const clock = new MovableClock();

type Run = (commands: IsoCommands) => Promise<string>;

function commandOf(args: string[]): Run | undefined {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const { email, name, country, language, 'time-zone': timeZone } = values;
  const [verb, ...rest] = positionals;
  const [sub, ofIso = '', userId = ''] = rest;
  if (values.help) return undefined;
  if (verb === 'create' && rest.length === 0) {
    return (commands) => commands.create({ email, name: name ?? '', country, timeZone, language });
  }
  if (verb === 'list' && rest.length === 0) return (commands) => commands.list();
  if (verb === 'show' && sub !== undefined && rest.length === 1) return (commands) => commands.show(sub);
  if (verb !== 'admin' || rest.length !== 3) return undefined;
  if (sub === 'add') return (commands) => commands.addAdmin(ofIso, userId, name);
  return sub === 'remove' ? (commands) => commands.removeAdmin(ofIso, userId) : undefined;
}

try {
  // what it makes is people's data: for its owner only
  process.umask(0o077);
  const args = process.argv.slice(2);
  const run = commandOf(args);
  if (run === undefined) {
    console.log(USAGE);
    if (!args.includes('--help') && !args.includes('-h')) process.exitCode = 1;
  } else {
    console.log(await withStore(readStoreConfig(), () => run(isoCommands(systemIds, () => clock.now()))));
  }
} catch (error) {
  // an option that there is not
  console.error(error instanceof TypeError ? `${error.message}\n\n${USAGE}` : problemOf(error));
  process.exitCode = 1;
}
