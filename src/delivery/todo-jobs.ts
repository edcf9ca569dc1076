import { type DataDate, dayOf } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import { todoSubject } from '../../cards/review/todo.ts';
import { translator } from '../../cards/text.ts';
import { finishJob, type JobRun } from '../../models/outbox.ts';
import { changeTodo, findTodo, type Todo } from '../../models/todos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { isSame, type TodoContent } from '../domain/todo-state.ts';
import type { Bill } from '../platform/bill.ts';
import type { Platform } from '../platform/platform.ts';
import type { TodoPage } from '../platform/todo.ts';

export interface TodoJobOptions {
  readonly platform: Pick<Platform, 'contactOf' | 'createTodo' | 'updateTodo' | 'findTodo'>;
  readonly clock: Clock;
  /** What a person's to-do is to say now, and by which calendar; nothing where none is wanted any more. */
  readonly todoOf: (
    whose: Pick<Todo, 'userId' | 'isoId'>,
    now: number,
  ) => Promise<{ readonly wanted?: TodoContent | undefined; readonly timeZone: string }>;
  /** Where it leads; undefined where phones reach no page of ours. */
  readonly todoPage: () => TodoPage | undefined;
}

/** A to-do that DingTalk has, or has had. */
type Made = Todo & { readonly unionId: string; readonly taskId: string };

/**
 * Brings a person's to-do to what is so now. DingTalk makes one of a name: what was asked for and not answered is looked for and gone on
 * with, so that no crash and no second process makes another.
 */
export async function runTodoJob(options: TodoJobOptions, run: JobRun): Promise<void> {
  const todo = await findTodo(run.job.id);
  if (todo !== undefined && todo.state !== 'CLOSED') await bring(options, todo);
  await finishJob(run);
}

/** DingTalk will never make it: the next one is begun on another day. */
export async function todoJobDied(run: JobRun): Promise<void> {
  const todo = await findTodo(run.job.id);
  if (todo !== undefined && todo.state !== 'CLOSED') await note(todo, { state: 'CLOSED' });
}

async function bring(options: TodoJobOptions, todo: Todo): Promise<void> {
  const now = options.clock.now();
  const { wanted, timeZone } = await options.todoOf(todo, now);
  const changedOn = dayOf(now, timeZone);
  if (wanted === undefined) return await close(options, todo, changedOn);
  if (todo.state === 'GONE') return void (await note(todo, {}));
  const subject = todoSubject(translator(wanted.language), { ...wanted, timeZone });
  const made = isMade(todo) ? todo : await begin(options, todo, { subject, dueAt: wanted.dueAt, changedOn, wanted });
  if (made === undefined) return;
  if (isSame(made.shown, wanted)) {
    // nothing was to be done: the next step is another one all the same
    if (made === todo) await note(todo, {});
    return;
  }
  const { unionId, taskId } = made;
  const change = { unionId, taskId, subject, dueAt: wanted.dueAt, done: false };
  if (await isStillThere(() => options.platform.updateTodo(change, billOf(todo)))) {
    await note(made, { shown: wanted, changedOn });
  } else {
    await note(made, { state: 'GONE', changedOn });
  }
}

/** Makes it, or finds the one of its name that an earlier try has made. Undefined where it leads nowhere, or the person is nobody DingTalk knows. */
async function begin(
  { platform, todoPage }: TodoJobOptions,
  todo: Todo,
  {
    subject,
    dueAt,
    changedOn,
    wanted,
  }: {
    readonly subject: string;
    readonly dueAt: number | undefined;
    readonly changedOn: DataDate;
    readonly wanted: TodoContent;
  },
): Promise<Made | undefined> {
  const bill = billOf(todo);
  const page = todoPage();
  const unionId = todo.unionId ?? (await platform.contactOf(todo.userId))?.unionId;
  if (page === undefined || unionId === undefined) {
    // none is made; one that was asked for before may be there all the same
    const taskId = todo.asked && unionId && (await platform.findTodo({ unionId, name: todo.todoId }, bill));
    return asMade(await note(todo, taskId ? { taskId } : { state: 'CLOSED', changedOn }));
  }
  const asked = await note(todo, { unionId, asked: true });
  try {
    const taskId = await platform.createTodo({ unionId, name: todo.todoId, subject, dueAt, page }, bill);
    return asMade(await note(asked, { taskId, shown: wanted, changedOn }));
  } catch (thrown) {
    if (asAppError(thrown).code !== 'dingtalk.refused') throw thrown;
    const taskId = await platform.findTodo({ unionId, name: todo.todoId }, bill);
    if (taskId === undefined) throw thrown;
    return asMade(await note(asked, { taskId }));
  }
}

async function close({ platform }: TodoJobOptions, todo: Todo, changedOn: DataDate): Promise<void> {
  const { unionId, asked, state, todoId } = todo;
  const bill = billOf(todo);
  if (unionId !== undefined && asked && state === 'OPEN') {
    const taskId = todo.taskId ?? (await platform.findTodo({ unionId, name: todoId }, bill));
    // what DingTalk does not have any more is closed as well
    if (taskId !== undefined) await isStillThere(() => platform.updateTodo({ unionId, taskId, done: true }, bill));
  }
  await note(todo, { state: 'CLOSED', changedOn });
}

async function isStillThere(update: () => Promise<void>): Promise<boolean> {
  try {
    await update();
    return true;
  } catch (thrown) {
    if (asAppError(thrown).code === 'dingtalk.refused') return false;
    throw thrown;
  }
}

async function note(todo: Todo, to: Parameters<typeof changeTodo>[1]): Promise<Todo> {
  return await inTransaction((tx) => changeTodo(todo, to, tx));
}

function isMade(todo: Todo): todo is Made {
  return todo.unionId !== undefined && todo.taskId !== undefined;
}

function asMade(todo: Todo): Made | undefined {
  return isMade(todo) ? todo : undefined;
}

function billOf({ isoId }: Todo): Bill {
  return { payer: isoId, class: 'reminder' };
}
