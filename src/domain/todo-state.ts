import type { Language } from './languages.ts';
import type { Moves } from './moves.ts';

/** The one to-do of DingTalk's that a person has of what failed. A new one is begun on another day than the one before was closed. */
export type TodoState = 'OPEN' | 'GONE' | 'CLOSED';

const NOTHING_LEFT = 'nothing is left to put right, or the person or the ISO has no to-dos any more';

export const TODO_MOVES = {
  NEW: { OPEN: 'something failed and can be put right, in an ISO that has to-dos' },
  OPEN: { GONE: 'DingTalk does not have it any more: the person deleted it', CLOSED: NOTHING_LEFT },
  GONE: { CLOSED: NOTHING_LEFT },
  CLOSED: {},
} as const satisfies Moves<TodoState>;

/** What a to-do says: how much there is to put right, until when the first of it, milliseconds, and in which language. */
export interface TodoContent {
  readonly count: number;
  readonly dueAt?: number | undefined;
  readonly language: Language;
}

/** A to-do as it is kept, as far as the next step hangs on it. */
export interface KeptTodo {
  readonly state: TodoState;
  /** What DingTalk is known to show; absent where that is not known. */
  readonly shown?: TodoContent | undefined;
  /** The day of its last step, `YYYYMMDD` by the calendar of the ISO. */
  readonly changedOn: string;
}

/**
 * What is to be done about a person's to-do: one step a day at most, in the hours in which they may be told; that nothing is left is said
 * at once. `wanted` is absent where nothing is.
 */
export function nextStep(
  todo: KeptTodo | undefined,
  wanted: TodoContent | undefined,
  { today, mayTell }: { readonly today: string; readonly mayTell: boolean },
): 'begin' | 'change' | 'close' | undefined {
  if (todo !== undefined && todo.state !== 'CLOSED') {
    if (wanted === undefined) return 'close';
    const isDue = todo.state === 'OPEN' && mayTell && todo.changedOn !== today;
    return isDue && !isSame(todo.shown, wanted) ? 'change' : undefined;
  }
  return wanted !== undefined && mayTell && todo?.changedOn !== today ? 'begin' : undefined;
}

export function isSame(shown: TodoContent | undefined, wanted: TodoContent): boolean {
  return (
    shown !== undefined &&
    shown.count === wanted.count &&
    shown.dueAt === wanted.dueAt &&
    shown.language === wanted.language
  );
}
