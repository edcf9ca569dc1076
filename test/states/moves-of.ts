import mongoose from 'mongoose';
import type { Transaction } from '../../models/transaction.ts';
import { settle } from '../../models/write-queue.ts';
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

/** Notes what the product does to the states in some collections; what a test sets up itself is not watched. */
export class StoreWatch {
  readonly #seen: ReadonlyMap<string, SeenMoves>;

  constructor(seen: Readonly<Record<string, SeenMoves>>) {
    this.#seen = new Map(Object.entries(seen));
  }

  /** `tx`: the transaction in which it happens. */
  async during<T>(act: () => Promise<T>, tx?: Transaction): Promise<T> {
    const before = await this.#states(tx);
    const result = await act();
    for (const [subject, to] of await this.#states(tx)) {
      const [collection = ''] = subject.split('/');
      this.#seen.get(collection)?.saw(before.get(subject), to);
    }
    return result;
  }

  async #states(tx: Transaction | undefined): Promise<ReadonlyMap<string, string>> {
    const states = new Map<string, string>();
    if (tx !== undefined) await settle(tx);
    for (const name of this.#seen.keys()) {
      const options = tx === undefined ? {} : { session: tx };
      const rows = mongoose.connection.collection<{ _id: string; state: string }>(name).find({}, options);
      for await (const { _id, state } of rows) states.set(`${name}/${_id}`, state);
    }
    return states;
  }
}
