import { addAudit } from '../../models/audit.ts';
import { allIsos, changeTodos, type Iso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type CommandGroup, command, OP, type Operator } from './command.ts';
import { ISO_EMAIL } from './iso-inputs.ts';
import { isoWith } from './isos.ts';

const list = command({
  name: 'list',
  what: 'lists of which ISOs the people have a to-do in DingTalk of what failed',
  takes: {},
  options: {},
  run: (_, { onStore }) => onStore(async () => ({ isos: await listTodos() })),
  say: ({ isos }) =>
    isos.length === 0
      ? `There is no ISO yet. Add one: ${OP} iso create --help`
      : isos.map(({ email, name, todos }) => `${email}  ${name}  ${todos ? 'to-dos' : 'none'}`).join('\n'),
});

const on = command({
  name: 'on',
  what: "gives each of an ISO's people one to-do in DingTalk, of what failed and can be put right",
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, operator) => operator.onStore(() => setTodos(email, true, operator)),
  say: ({ name }) => `People of ${name} get a to-do of what failed. See that the app may make them: ${OP} doctor`,
});

const off = command({
  name: 'off',
  what: "takes the to-dos of an ISO's people back, as at the beginning: those that are open are closed",
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, operator) => operator.onStore(() => setTodos(email, false, operator)),
  say: ({ name }) => `People of ${name} get no to-dos. Those that are open are closed within ten minutes.`,
});

export const todos: CommandGroup = {
  name: 'todos',
  what: 'whether its people have a to-do in DingTalk of what failed',
  commands: [list, on, off],
};

async function listTodos() {
  return (await allIsos()).map(({ email, name, todos: has = false }) => ({ email, name, todos: has }));
}

/** Errors: `iso.unknown`. */
async function setTodos(
  email: string,
  has: boolean,
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<Pick<Iso, 'email' | 'name'>> {
  const { isoId, name } = await isoWith(email);
  await inTransaction(async (tx) => {
    await changeTodos(isoId, has, tx);
    const details = { todos: has ? 'yes' : 'no' };
    const subject = { kind: 'iso', id: isoId } as const;
    await addAudit([{ at: now(), by: 'operator', isoId, what: 'iso.todos', subject, details, cause: ids.next() }], tx);
  });
  return { email, name };
}
