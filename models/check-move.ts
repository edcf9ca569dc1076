import { AppError } from '@field/kit/errors';
import { canMove, type Moves, type StateIn } from '../src/domain/moves.ts';

/** A change of one subject's state. */
interface Move<State> {
  /** What kind of subject, and which one. */
  readonly what: string;
  readonly id: string;
  readonly from: State;
  /** Undefined: the change says nothing of the state. */
  readonly to: State | undefined;
}

/** Refuses, before anything is written, a move that the table does not know: `bug.unexpected`. To stay is no move. */
export function checkMove<Table extends Moves<string>>(
  table: Table,
  { what, id, from, to }: Move<StateIn<Table>>,
): void {
  if (to === undefined || to === from || canMove(table, from, to)) return;
  throw new AppError('bug.unexpected', { why: `no move from ${from} to ${to}`, what, id });
}
