import { z } from 'zod';
import { type CommandGroup, command, OP } from '../command.ts';
import { clearQuickEntries, listQuickEntries, type ShownEntry, setQuickEntries } from '../quick-entries.ts';

const CORP_ID = {
  called: 'corpId',
  what: "the organisation's CorpId, from the first page of DingTalk's developer console",
  schema: z.string().regex(/^[\w-]{1,64}$/, { error: ({ input }) => `is no CorpId: "${input}".` }),
};

const set = command({
  name: 'set',
  what: "puts Products, Tasks, Results and Language at the bottom of everybody's chat with the robot",
  takes: {},
  options: { corpId: CORP_ID },
  run: async ({ corpId }, { dingTalk }) => ({ entries: await setQuickEntries(dingTalk(), corpId) }),
  say: ({ entries }) => `At the bottom of everybody's chat with the robot now:\n${linesOf(entries)}`,
});

const show = command({
  name: 'show',
  what: 'shows what stands there, whoever set it',
  takes: {},
  options: {},
  run: async (_, { dingTalk }) => ({ entries: await listQuickEntries(dingTalk()) }),
  say: ({ entries }) =>
    entries.length === 0 ? `Nothing stands there yet. See: ${OP} quick-entries set --help` : linesOf(entries),
});

const clear = command({
  name: 'clear',
  what: 'takes away what stands there',
  takes: {},
  options: {},
  async run(_, { dingTalk }) {
    await clearQuickEntries(dingTalk());
    return { entries: [] };
  },
  say: () => 'Nothing stands at the bottom of the chat with the robot any more.',
});

export const quickEntries: CommandGroup = {
  name: 'quick-entries',
  what: 'the navigation at the bottom of the chat',
  commands: [set, show, clear],
};

function linesOf(entries: readonly ShownEntry[]): string {
  return entries.map(({ name, phoneUrl }) => `${name}  ${phoneUrl}`).join('\n');
}
