import { type DataDate, dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { openFailures } from '../../models/failure-lists.ts';
import { allIsos, type Iso } from '../../models/isos.ts';
import { addToOutbox } from '../../models/outbox.ts';
import { addTodo, allTodos, findTodo, forgetTodos, type Todo } from '../../models/todos.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { jobWanted } from '../../models/wanted.ts';
import { hoursIn } from '../../src/daily/hours-of-iso.ts';
import { everyMinutes, type Job, onlyFrom } from '../../src/daily/jobs.ts';
import { isAllowed, nextAllowed } from '../../src/domain/allowed-hours.ts';
import { NOTICE_EVERY_MS } from '../../src/domain/notice-times.ts';
import { nextStep, type TodoContent } from '../../src/domain/todo-state.ts';
import { todoOf } from './todo-of.ts';

export interface KeepingTodos {
  readonly clock: Clock;
  /** Whether a to-do has a page that it leads to: without, none is begun. */
  readonly hasPage: () => boolean;
  /** Wakes delivery. */
  readonly sends: () => void;
}

/** How a person of an ISO stands: their last to-do, and what one is to say now. */
interface Standing {
  readonly iso: Iso;
  readonly userId: string;
  readonly todo: Todo | undefined;
  readonly wanted: TodoContent | undefined;
}

/**
 * Whoever has failures in hand has one to-do in DingTalk of all of them, where their ISO has to-dos: one step a day at most, in the hours
 * in which they may be told, and closed once nothing is left.
 */
export function keepTodos(options: KeepingTodos): Job {
  const { clock, sends } = options;
  return {
    name: 'keep-todos',
    ...onlyFrom(everyMinutes(NOTICE_EVERY_MS / 60_000), () => firstStep(options)),
    async run() {
      const now = clock.now();
      const failures: unknown[] = [];
      const over: string[] = [];
      for (const standing of await everybody(now)) {
        const { iso, userId, todo } = standing;
        if (todo?.state === 'CLOSED' && todo.changedOn < dayOf(now, iso.timeZone)) over.push(todo.todoId);
        if (stepAt(options, standing, now) === undefined) continue;
        // one that cannot be asked for now is asked for next time, and keeps no other from it
        const asked = inTransaction((tx) => take(options, { iso, userId, todoId: todo?.todoId, now }, tx));
        await asked.catch((error) => failures.push(error));
      }
      if (over.length > 0) await forgetTodos(over);
      sends();
      if (failures.length > 0) throw failures[0];
    },
  };
}

function stepAt(
  { hasPage }: Pick<KeepingTodos, 'hasPage'>,
  { iso, todo, wanted }: Pick<Standing, 'iso' | 'todo' | 'wanted'>,
  now: number,
): ReturnType<typeof nextStep> {
  const step = nextStep(todo, wanted, {
    today: dayOf(now, iso.timeZone),
    mayTell: isAllowed(now, hoursIn(iso)),
  });
  return step === 'begin' && !hasPage() ? undefined : step;
}

/** Asks for the step that is due by what is so now. */
async function take(
  options: KeepingTodos,
  {
    iso,
    userId,
    todoId,
    now,
  }: {
    readonly iso: Iso;
    readonly userId: string;
    readonly todoId: string | undefined;
    readonly now: number;
  },
  tx: Transaction,
): Promise<void> {
  const { isoId, timeZone } = iso;
  const today = dayOf(now, timeZone);
  const begun = derivedId('todo', isoId, userId, today);
  const todo = (await findTodo(begun, tx)) ?? (todoId === undefined ? undefined : await findTodo(todoId, tx));
  const { wanted } = await todoOf({ isoId, userId }, now, tx);
  const step = stepAt(options, { iso, todo, wanted }, now);
  if (step === undefined) return;
  if (step === 'begin') await addTodo({ todoId: begun, isoId, userId, changedOn: today }, tx);
  const { todoId: id, version } = step === 'begin' || todo === undefined ? { todoId: begun, version: 1 } : todo;
  const job = { kind: 'todo', id } as const;
  const intent = derivedId('todo', id, version);
  await addToOutbox({ intent, priority: 'digest', dueAt: now, job, ...jobWanted(job), to: userId }, tx);
}

/** Everybody who has a to-do, or something for one. */
async function everybody(now: number): Promise<readonly Standing[]> {
  const [isos, todos] = await Promise.all([allIsos(), allTodos()]);
  const standings: Standing[] = [];
  for (const iso of isos) {
    const last = new Map<string, Todo>();
    for (const todo of todos.filter(({ isoId }) => isoId === iso.isoId)) {
      const other = last.get(todo.userId);
      if (other === undefined || other.state === 'CLOSED') last.set(todo.userId, todo);
    }
    const failed = iso.todos ? await openFailures({ isoId: iso.isoId }, now) : [];
    for (const userId of new Set([...last.keys(), ...failed.flatMap(({ ownerId }) => ownerId ?? [])])) {
      const { wanted } = await todoOf({ userId, isoId: iso.isoId }, now);
      standings.push({ iso, userId, todo: last.get(userId), wanted });
    }
  }
  return standings;
}

/** When there is something to do first; none as long as nothing is in sight. */
async function firstStep(options: KeepingTodos): Promise<number | undefined> {
  const now = options.clock.now();
  const times: number[] = [];
  for (const standing of await everybody(now)) {
    const { todo, wanted } = standing;
    if (stepAt(options, standing, now) !== undefined) times.push(now);
    else if (wanted !== undefined && (todo !== undefined || options.hasPage()))
      times.push(...laterSteps(standing, now));
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What lapses changes what it says; what waits for its hour, or for another day, comes then. */
function laterSteps({ iso, todo, wanted }: Standing, now: number): readonly number[] {
  const hours = hoursIn(iso);
  const today: DataDate = dayOf(now, iso.timeZone);
  const tomorrow = instantOf(dayAfter(today), 0, iso.timeZone);
  const waits = nextStep(todo, wanted, { today: '', mayTell: true }) !== undefined;
  const from = todo?.changedOn === today ? tomorrow : now;
  const next = waits ? nextAllowed(from, hours) : undefined;
  return [next, wanted?.dueAt].flatMap((at) => at ?? []).filter((at) => at > now);
}
