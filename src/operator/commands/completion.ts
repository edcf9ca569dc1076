import { command } from '../command.ts';
import { completionScript } from '../completion.ts';

export const completion = command({
  name: 'completion',
  what: 'prints what makes bash and zsh complete a command op that runs these: source <(npm run op --silent -- completion)',
  takes: {},
  options: {},
  async run(_, { commandLine }) {
    return { script: completionScript(commandLine()) };
  },
  say: ({ script }) => script,
});
