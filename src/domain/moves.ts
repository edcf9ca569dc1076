/**
 * The moves of a state machine: from each state the states that can follow it, each with who or what makes that move; from `NEW`
 * what a subject is at first. Declared once, beside the union of its states. The models refuse every other move, and
 * docs/domain.md shows the tables.
 */
export type Moves<State extends string> = Readonly<Record<State | 'NEW', Readonly<Partial<Record<State, string>>>>>;

/** The states of a table. */
export type StateIn<Table> = Exclude<keyof Table & string, 'NEW'>;

/** What a subject is at first. */
export type FirstOf<Table extends { readonly NEW: object }> = keyof Table['NEW'];

/** The states that can become `To`. */
export type StateBefore<Table, To> = {
  [From in StateIn<Table>]: To extends keyof Table[From] ? From : never;
}[StateIn<Table>];

/** Whether a subject in `from` may become `to`. Staying is not a move. */
export function canMove<Table extends Moves<string>>(
  table: Table,
  from: StateIn<Table> | 'NEW',
  to: StateIn<Table>,
): boolean {
  const moves: Moves<string> = table;
  return moves[from]?.[to] !== undefined;
}

/** Whether nothing follows. */
export function isFinal<Table extends Moves<string>>(table: Table, state: StateIn<Table>): boolean {
  return statesOf(table).every((to) => !canMove(table, state, to));
}

/** The states of a table, in its order. */
export function statesOf<Table extends Moves<string>>(table: Table): readonly StateIn<Table>[] {
  return Object.keys(table).filter((state): state is StateIn<Table> => state !== 'NEW');
}

/** The states that can become `to`: for whoever looks for what is to be moved. */
export function statesBefore<Table extends Moves<string>>(table: Table, to: StateIn<Table>): readonly StateIn<Table>[] {
  return statesOf(table).filter((from) => canMove(table, from, to));
}
