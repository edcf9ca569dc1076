/** From each state, the states that can follow it. Declared once beside its union of states. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Whether a subject in `from` may become `to`. Staying is not a move. */
export function canMove<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

/** Whether nothing follows. */
export function isFinal<State extends string>(table: Transitions<State>, state: State): boolean {
  return table[state].length === 0;
}
