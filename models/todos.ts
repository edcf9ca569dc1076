import { statesOf } from '../src/domain/moves.ts';
import { TODO_MOVES, type TodoContent, type TodoState } from '../src/domain/todo-state.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, text, value } from './fields.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const Todos = collection('todos', {
  id: 'todoId',
  fields: {
    isoId: text(),
    userId: text(),
    version: number(),
    state: text<TodoState>(),
    /** The day of its last step, `YYYYMMDD` by the calendar of the ISO. */
    changedOn: text(),
    /** DingTalk was asked to make it, and may have. */
    asked: mark(),
    /** Who the person is where DingTalk keeps to-dos. */
    unionId: text().optional(),
    /** What DingTalk calls it. */
    taskId: text().optional(),
    /** What it is known to show there. */
    shown: value<TodoContent>().optional(),
  },
  indexes: [[{ state: 1 }]],
});

/** An index begins with it. */
const ANY_STATE = { $in: statesOf(TODO_MOVES) };

/** The one to-do of DingTalk's that a person has of what failed; of those that are over only that of today is kept. */
export interface Todo extends RecordOf<typeof Todos> {}

/** `subject.lostRace` where it is there. */
export async function addTodo(
  todo: Pick<Todo, 'todoId' | 'isoId' | 'userId' | 'changedOn'>,
  tx: Transaction,
): Promise<void> {
  await Todos.addWithOthers([{ ...todo, state: 'OPEN', version: 1 }], tx, 'subject.lostRace');
}

export async function findTodo(todoId: string, tx?: Reads): Promise<Todo | undefined> {
  return await Todos.get(todoId, { tx });
}

/** Those of everybody, one of each but for those that are over: few ISOs have any. */
export async function allTodos(): Promise<readonly Todo[]> {
  return await Todos.find({ state: ANY_STATE });
}

/** Compare-and-set on the version at which it was read: `subject.lostRace`. */
export async function changeTodo(
  { todoId, version, state }: Todo,
  to: Changes<Pick<Todo, 'unionId' | 'taskId' | 'shown' | 'asked' | 'changedOn'>> & Partial<Pick<Todo, 'state'>>,
  tx: Transaction,
): Promise<Todo> {
  if (to.state !== undefined && to.state !== state) {
    checkMove(TODO_MOVES, { what: 'todo', id: todoId, from: state, to: to.state });
  }
  return mustHaveMatched(await Todos.change({ todoId, version }, { set: to, inc: { version: 1 } }, { tx }));
}

export async function forgetTodos(todoIds: readonly string[]): Promise<void> {
  await Todos.removeAll({ todoId: { $in: todoIds } });
}
