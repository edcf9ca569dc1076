import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { newApiError, requestId } from '../http/api-errors.ts';
import type { SandboxTodo } from '../store/todos.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

export const TODO_PATHS = {
  tasks: '/v1.0/todo/users/{unionId}/tasks',
  task: '/v1.0/todo/users/{unionId}/tasks/{taskId}',
  query: '/v1.0/todo/users/{unionId}/org/tasks/query',
} as const;

const LONGEST_SUBJECT = 1024;
const LONGEST_DESCRIPTION = 4096;
const LONGEST_ADDRESS_BYTES = 1024;
const MOST_PEOPLE = 1000;
/** How many a page of the list has: chosen, no page tells it. */
const A_PAGE = 10;

const people = z.array(z.string().min(1)).optional();
const flag = z.enum(['0', '1']).optional();
const truth = z.enum(['true', 'false']).optional();
const changeable = {
  description: z.string().optional(),
  dueTime: z.number().optional(),
  executorIds: people,
  participantIds: people,
};
const newSchema = z.object({
  ...changeable,
  subject: z.string().min(1),
  sourceId: z.string().min(1).optional(),
  creatorId: z.string().optional(),
  detailUrl: z.object({ appUrl: z.string().min(1), pcUrl: z.string().min(1) }),
  isOnlyShowExecutor: z.boolean().optional(),
  priority: z.literal([10, 20, 30, 40]).optional(),
  notifyConfigs: z.object({ dingNotify: flag, sendTodoApn: truth, sendAssistantChat: truth }).optional(),
  todoType: z.enum(['TODO', 'READ']).optional(),
});
const changeSchema = z.object({ ...changeable, subject: z.string().min(1).optional(), done: z.boolean().optional() });
const querySchema = z.object({
  nextToken: z.string().optional(),
  isDone: z.boolean().optional(),
  roleTypes: z.array(z.array(z.enum(['executor', 'creator', 'participant']))).optional(),
  todoType: z.enum(['TODO', 'READ']).optional(),
});

/** `POST /v1.0/todo/users/{unionId}/tasks`: one to-do a `sourceId`, for ever; since 2024 it leads to a page of the app. */
export function createTodo(world: World, call: ApiCall): ApiAnswer {
  const refuse = (say?: string) => newApiError(400, 'todo.taskCreate.paramError', say);
  const { data: asked } = newSchema.safeParse(call.body);
  if (asked === undefined) throw refuse();
  const { creatorId = unionIdIn(call), executorIds = [], sourceId, subject, dueTime, detailUrl } = asked;
  // whose it is must be who makes it
  if (creatorId !== unionIdIn(call)) throw refuse();
  assertSizes(asked, refuse);
  const isLong = [detailUrl.appUrl, detailUrl.pcUrl].some((url) => Buffer.byteLength(url) > LONGEST_ADDRESS_BYTES);
  const all = [creatorId, operatorOf(call) ?? creatorId, ...executorIds, ...(asked.participantIds ?? [])];
  if (isLong || !all.every((unionId) => isMember(world, unionId))) throw refuse();
  if (sourceId !== undefined && world.todos.isNamed(call.clientId, sourceId)) throw refuse('task exist');
  const at = world.clock.now();
  const taskId = `task${randomUUID().replaceAll('-', '')}`;
  const todo: SandboxTodo = {
    taskId,
    clientId: call.clientId,
    sourceId,
    creatorId,
    executorIds,
    subject,
    dueTime,
    detailUrl,
    done: false,
    createdTime: at,
    modifiedTime: at,
    changes: 0,
  };
  world.todos.add(todo);
  world.changes.announce('todos');
  const { changes: _, taskId: id, clientId: bizTag, ...rest } = todo;
  return { body: { id, bizTag, ...rest, requestId: requestId() }, forUsers: usersOf(world, executorIds) };
}

/** `PUT /v1.0/todo/users/{unionId}/tasks/{taskId}` */
export function updateTodo(world: World, call: ApiCall): ApiAnswer {
  const refuse = (say?: string) => newApiError(400, 'todo.taskUpdate.paramError', say);
  const { data: asked } = changeSchema.safeParse(call.body);
  if (asked === undefined) throw refuse();
  assertSizes(asked, refuse);
  const todo = world.todos.find(call.params.taskId ?? '');
  if (todo === undefined) throw refuse('task not exist');
  if (todo.clientId !== call.clientId) throw refuse('task not belong to bizTag');
  if (operatorOf(call) !== undefined && operatorOf(call) !== unionIdIn(call)) throw refuse();
  if (!isMember(world, unionIdIn(call))) throw refuse();
  const { description: _, participantIds: __, ...change } = asked;
  world.todos.change(todo, change, world.clock.now());
  world.changes.announce('todos');
  return { body: { result: true }, forUsers: usersOf(world, todo.executorIds) };
}

/** `POST /v1.0/todo/users/{unionId}/org/tasks/query` */
export function queryTodos(world: World, call: ApiCall): ApiAnswer {
  const refuse = (say?: string) => newApiError(400, 'todo.orgTaskQuery.paramError', say);
  const { data: asked } = querySchema.safeParse(call.body);
  if (asked === undefined) throw refuse();
  const from = asked.nextToken === undefined ? 0 : Number(asked.nextToken);
  if (!Number.isInteger(from) || from < 0) throw refuse('nextToken is invalid');
  const unionId = unionIdIn(call);
  const roles = asked.roleTypes ?? [['executor'], ['creator']];
  const plays = (todo: SandboxTodo, role: string): boolean =>
    role === 'creator' ? todo.creatorId === unionId : role === 'executor' && todo.executorIds.includes(unionId);
  const found = world.todos
    .all()
    .filter((todo) => roles.some((together) => together.every((role) => plays(todo, role))))
    .filter(({ done }) => asked.isDone === undefined || asked.isDone === done);
  const page = found.slice(from, from + A_PAGE);
  const nextToken = from + A_PAGE < found.length ? String(from + A_PAGE) : undefined;
  const todoCards = page.map(({ clientId: bizTag, done: isDone, executorIds: _, changes: __, ...todo }) => ({
    ...todo,
    bizTag,
    isDone,
    todoType: 'TODO',
  }));
  return { body: { nextToken, todoCards }, forUsers: usersOf(world, [unionId]) };
}

interface Sized {
  readonly subject?: string | undefined;
  readonly description?: string | undefined;
  readonly dueTime?: number | undefined;
  readonly executorIds?: readonly string[] | undefined;
  readonly participantIds?: readonly string[] | undefined;
}

function assertSizes(
  { subject = '', description = '', dueTime = 1, executorIds = [], participantIds = [] }: Sized,
  refuse: (say: string) => Error,
): void {
  if (subject.length > LONGEST_SUBJECT) throw refuse('subject is oversize');
  if (description.length > LONGEST_DESCRIPTION) throw refuse('description is oversize');
  if (executorIds.length > MOST_PEOPLE) throw refuse('executors is oversize');
  if (participantIds.length > MOST_PEOPLE) throw refuse('participants is oversize');
  if (!Number.isSafeInteger(dueTime) || dueTime <= 0) throw refuse('dueTime is invalid');
}

function unionIdIn({ params }: ApiCall): string {
  return params.unionId ?? '';
}

function operatorOf({ query }: ApiCall): string | undefined {
  return query.get('operatorId') ?? undefined;
}

function isMember(world: World, unionId: string): boolean {
  return world.people.byUnionId(unionId)?.state === 'joined';
}

function usersOf(world: World, unionIds: readonly string[]): readonly string[] {
  return unionIds.flatMap((unionId) => world.people.byUnionId(unionId)?.userId ?? []);
}
