import type { Database } from './database.ts';

/** A message of a robot, by the key that its sending answered. */
export interface SentMessage {
  readonly processQueryKey: string;
  readonly clientId: string;
  /** By the demo's clock. */
  readonly at: number;
  /** Where it stands: one chat for each that it was sent to. */
  readonly places: readonly { readonly conversationId: string; readonly pos: number }[];
  readonly isRecalled: boolean;
}

interface SentRow {
  processQueryKey: string;
  clientId: string;
  at: number;
  places: string;
  recalled: number;
}

/** What robots sent, so that it can be asked for and recalled. */
export class SentMessages {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add({ processQueryKey, clientId, at, places }: Omit<SentMessage, 'isRecalled'>): void {
    this.#db.run(
      'INSERT INTO sent (processQueryKey, clientId, at, places, recalled) VALUES (?, ?, ?, ?, 0)',
      processQueryKey,
      clientId,
      at,
      JSON.stringify(places),
    );
  }

  find(processQueryKey: string): SentMessage | undefined {
    const row = this.#db.one<SentRow>('SELECT * FROM sent WHERE processQueryKey = ?', processQueryKey);
    if (row === undefined) return undefined;
    const { places, recalled, ...sent } = row;
    return { ...sent, places: JSON.parse(places) as SentMessage['places'], isRecalled: recalled === 1 };
  }

  recall(processQueryKey: string): void {
    this.#db.run('UPDATE sent SET recalled = 1 WHERE processQueryKey = ?', processQueryKey);
  }
}
