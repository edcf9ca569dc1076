import type { Database } from './database.ts';

/** Numbers of the sandbox that outlive it: its clock's offset, the running number of entries, whether it was ever seeded. */
export class Settings {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  number(name: string): number | undefined {
    const row = this.#db.one<{ value: string }>('SELECT value FROM settings WHERE name = ?', name);
    return row === undefined ? undefined : Number(row.value);
  }

  setNumber(name: string, value: number): void {
    this.#db.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, String(value));
  }

  /** The next number of a series, from 1 up, never given twice. */
  next(name: string): number {
    const next = (this.number(name) ?? 0) + 1;
    this.setNumber(name, next);
    return next;
  }
}
