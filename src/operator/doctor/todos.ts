import { allIsos } from '../../../models/isos.ts';
import type { AppLook } from '../../dingtalk/look-at-app.ts';
import { found } from './dingtalk.ts';
import { type Finding, wrong } from './finding.ts';

const WHAT = 'to-dos in DingTalk can be made and changed (Todo.Todo.Write, Todo.Todo.Read)';

/** To-dos are an ISO's to have or not: what they need is looked at where one has them. `address`: where phones reach our pages. */
export async function lookAtTodos(
  app: Pick<AppLook, 'todos'>,
  address: string | undefined,
): Promise<readonly Finding[]> {
  if (!(await allIsos()).some(({ todos = false }) => todos)) return [];
  const missing = wrong(
    'todos',
    'an ISO has to-dos, but PUBLIC_URL is not set: they have no page that they lead to, so none is made',
    "Set PUBLIC_URL to an https address under which phones reach the bot's web, or switch them off: npm run op -- iso todos off --help",
  );
  return [await found('permission.todos', WHAT, () => app.todos()), ...(address === undefined ? [missing] : [])];
}
