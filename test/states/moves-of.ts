import { type Moves, type StateIn, statesOf } from '../../src/domain/moves.ts';

/** Every move of a table, `PENDING > APPROVED`, in the order of the alphabet. */
export function movesOf<Table extends Moves<string>>(table: Table): string[] {
  return (['NEW', ...statesOf(table)] as (StateIn<Table> | 'NEW')[])
    .flatMap((from) => Object.keys(table[from]).map((to) => `${from} > ${to}`))
    .sort();
}

/** The moves that something made, while it was watched. */
export class SeenMoves {
  readonly #seen = new Set<string>();

  saw(from: string | undefined, to: string): void {
    if (from !== to) this.#seen.add(`${from ?? 'NEW'} > ${to}`);
  }

  /** In the order of the alphabet. */
  get all(): string[] {
    return [...this.#seen].sort();
  }
}
