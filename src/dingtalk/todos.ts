import { AppError } from '@field/kit/errors';
import type { NewTodo, TodoChange } from '../platform/todo.ts';
import { callSdk } from './call.ts';
import { banned } from './refusal.ts';
import type { TodoSdk } from './sdk.ts';

export const TODO_PATHS = {
  create: '/v1.0/todo/users/{unionId}/tasks',
  update: '/v1.0/todo/users/{unionId}/tasks/{taskId}',
  query: '/v1.0/todo/users/{unionId}/org/tasks/query',
} as const;

/** A person has few that are not done; more pages than that are no answer of this API. */
const MOST_PAGES = 20;

/** `POST …/tasks` (dingtalk 3.7): for whoever makes it alone, without a banner of its own; answers DingTalk's id of it. */
export async function createTodo(sdk: TodoSdk, todo: NewTodo, token: string): Promise<string> {
  const { unionId, name, subject, dueAt, page } = todo;
  const { models } = sdk;
  const request = new models.CreateTodoTaskRequest({
    operatorId: unionId,
    creatorId: unionId,
    executorIds: [unionId],
    isOnlyShowExecutor: true,
    sourceId: name,
    subject,
    dueTime: dueAt,
    detailUrl: new models.CreateTodoTaskRequestDetailUrl({ appUrl: page.phoneUrl, pcUrl: page.computerUrl }),
    notifyConfigs: new models.CreateTodoTaskRequestNotifyConfigs({
      dingNotify: '0',
      sendTodoApn: 'false',
      sendAssistantChat: 'false',
    }),
  });
  const headers = new models.CreateTodoTaskHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.client.createTodoTaskWithOptions(unionId, request, headers, sdk.runtime()));
  if (body?.id === undefined) throw banned();
  return body.id;
}

/** `PUT …/tasks/{taskId}` (dingtalk 3.7) */
export async function updateTodo(sdk: TodoSdk, change: TodoChange, token: string): Promise<void> {
  const { unionId, taskId, subject, dueAt, done } = change;
  const request = new sdk.models.UpdateTodoTaskRequest({ operatorId: unionId, subject, dueTime: dueAt, done });
  const headers = new sdk.models.UpdateTodoTaskHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() =>
    sdk.client.updateTodoTaskWithOptions(unionId, taskId, request, headers, sdk.runtime()),
  );
  if (body?.result === undefined) throw banned();
  if (!body.result) throw new AppError('dingtalk.refused', { reason: 'notDone' });
}

/** `POST …/org/tasks/query` (dingtalk 3.7): DingTalk's id of the to-do of that name among those that are not done. */
export async function findTodo(
  sdk: TodoSdk,
  { unionId, name }: { unionId: string; name: string },
  token: string,
): Promise<string | undefined> {
  const headers = new sdk.models.QueryOrgTodoTasksHeaders({ xAcsDingtalkAccessToken: token });
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const request = new sdk.models.QueryOrgTodoTasksRequest({ isDone: false, roleTypes: [['executor']], nextToken });
    const { body } = await callSdk(() =>
      sdk.client.queryOrgTodoTasksWithOptions(unionId, request, headers, sdk.runtime()),
    );
    if (body === undefined) throw banned();
    const found = body.todoCards?.find(({ sourceId }) => sourceId === name);
    if (found?.taskId !== undefined) return found.taskId;
    nextToken = body.nextToken;
    if (!nextToken) return undefined;
  }
  return undefined;
}
