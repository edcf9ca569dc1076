import { checkStore } from '@field/embedded-store';
import { AppError } from '@field/kit/errors';
import { type CommandGroup, command } from '../command.ts';

const check = command({
  name: 'check',
  what: 'looks through all that the embedded store holds for damage, and changes nothing',
  takes: {},
  options: {},
  async run(_, { storeFolder }) {
    const folder = storeFolder();
    if (folder === undefined) throw notOurs();
    const { documents, damage } = await checkStore(folder);
    if (damage.length > 0) throw broken(folder, damage);
    return { documents };
  },
  say: ({ documents }) => `All ${documents} documents are what was stored.`,
});

export const store: CommandGroup = {
  name: 'store',
  what: 'the embedded store in DATA_DIR',
  commands: [check],
};

function notOurs(): AppError {
  const say = 'The data is in the database of MONGODB_URI: its own command validate looks through a collection.';
  return new AppError('usage.wrong', { say });
}

function broken(folder: string, damage: readonly string[]): AppError {
  const say = `${damage.join('\n')}\nStop the bot and put back the last copy of ${folder}.`;
  return new AppError('store.damaged', { folder, say });
}
