/** What held from one moment on, milliseconds by the clock of DingTalk, which stamps taps and messages. */
export interface Since<Value> {
  readonly since: number;
  /** Absent for nothing. */
  readonly value?: Value | undefined;
  /** It came by itself, as by the check of a photo: nobody had seen it yet when it began. */
  readonly byItself?: true | undefined;
}

/** What held since when, oldest first; the last one holds still. */
export type History<Value> = readonly Since<Value>[];

/** DingTalk pushes again after a minute, an outage lasts longer; what was in hand before today is nobody's intent any more. */
const KEPT_MS = 6 * 3_600_000;
const MOST = 40;

/** What held then; undefined where that is longer ago than is kept. */
export function heldAt<Value>(history: History<Value>, at: number): Since<Value> | undefined {
  return history.findLast(({ since }) => since <= at);
}

/** What began to hold after that, oldest first. */
export function begunAfter<Value>(history: History<Value>, at: number): History<Value> {
  return history.filter(({ since }) => since > at);
}

interface Change<Value> {
  /** What held before, for a history that is not begun. */
  readonly before: Value | undefined;
  readonly value: Value | undefined;
  /** When the person did what changes it. */
  readonly at: number;
  /** When that is applied, by the same clock. */
  readonly now: number;
  readonly byItself?: boolean | undefined;
}

/**
 * The history with another value at its end. What was done before something that is in it already was overtaken by that: until it is
 * applied the person saw the other.
 */
export function changedTo<Value>(history: History<Value>, change: Change<Value>): History<Value> {
  const begun = history.length > 0 ? history : [entry(0, change.before, false)];
  const last = begun.at(-1)?.since ?? 0;
  const since = change.at >= last ? change.at : Math.max(last, change.now);
  const all = [...begun, entry(since, change.value, change.byItself === true)];
  const first = all.findIndex((_, index) => (all[index + 1]?.since ?? Number.POSITIVE_INFINITY) > change.now - KEPT_MS);
  return all.slice(Math.max(first, all.length - MOST));
}

/** Only what is there: it is stored. */
function entry<Value>(since: number, value: Value | undefined, byItself: boolean): Since<Value> {
  if (value === undefined) return byItself ? { since, byItself } : { since };
  return byItself ? { since, value, byItself } : { since, value };
}
