import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { addIso, changeTodos } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { readConfig } from '../../src/config/config.ts';
import { appOf } from '../../src/operator/doctor/doctor.ts';
import { lookAtTodos } from '../../src/operator/doctor/todos.ts';
import { useModels } from '../models/store.ts';

useModels(undefined);
beforeEach(async () => {
  await forgetEverything();
  const iso = { name: 'Lotus', email: 'lotus@iso.example', country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  await inTransaction((tx) => addIso({ isoId: 'lotus', joinToken: 'join', ...iso }, tx));
});

async function anApp() {
  const sandbox = await aSandbox();
  const app = appOf(
    readConfig({
      DATA_DIR: sandbox.dataDir,
      DINGTALK_API_BASE: sandbox.url,
      DINGTALK_OAPI_BASE: sandbox.url,
      DINGTALK_CLIENT_ID: 'demo-client',
      DINGTALK_CLIENT_SECRET: 'demo-secret',
    }),
  );
  return { sandbox, app };
}

const has = (todos: boolean): Promise<void> => inTransaction((tx) => changeTodos('lotus', todos, tx));
const ADDRESS = 'https://bot.example';

it('what to-dos need is looked at where an ISO has them, and nowhere else', async () => {
  const { sandbox, app } = await anApp();
  expect(await lookAtTodos(app, undefined)).toEqual([]);
  await has(true);
  expect(await lookAtTodos(app, ADDRESS)).toEqual([
    { about: 'permission.todos', state: 'ok', says: expect.stringContaining('Todo.Todo.Write, Todo.Todo.Read') },
  ]);
  expect(await lookAtTodos(app, undefined)).toMatchObject([
    { state: 'ok' },
    { about: 'todos', state: 'wrong', remedy: expect.stringContaining('PUBLIC_URL') },
  ]);
  const people = (await sandbox.control<readonly { userId: string }[]>('GET', '/users')).body;
  for (const { userId } of people) expect((await sandbox.control('GET', `/users/${userId}/todos`)).body).toEqual([]);
});

it.each(['/v1.0/todo/users/{unionId}/tasks/{taskId}', '/v1.0/todo/users/{unionId}/org/tasks/query'])(
  'a permission that is missing for %s is said, with what to do',
  async (path) => {
    const { sandbox, app } = await anApp();
    await has(true);
    const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
    await sandbox.control('POST', '/faults', { kind: 'refusal', code, path });
    expect(await lookAtTodos(app, ADDRESS)).toMatchObject([
      {
        state: 'wrong',
        says: expect.stringContaining('dingtalk.permission'),
        remedy: expect.stringMatching(/^Grant /),
      },
    ]);
  },
);
