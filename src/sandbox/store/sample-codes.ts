import type { Database } from './database.ts';

/** The codes that sample close-ups showed, so that a later one can show the same again. */
export class SampleCodes {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  remember(code: string): void {
    this.#db.run('INSERT OR REPLACE INTO sampleCodes (code) VALUES (?)', code);
  }

  /** The one shown last of those that end like this; cards name a code by its last four. */
  endingWith(end: string): string | undefined {
    return this.#db.one<{ code: string }>(
      'SELECT code FROM sampleCodes WHERE substr(code, -length(?)) = ? ORDER BY rowid DESC LIMIT 1',
      end,
      end,
    )?.code;
  }
}
