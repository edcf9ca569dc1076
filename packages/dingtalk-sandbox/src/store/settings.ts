import type { Database } from './database.ts';

/**
 * What outlives the sandbox and every reset: its clock's offset, the running number of entries, whether it was ever seeded, what an
 * operator set at the platform.
 */
export class Settings {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : Number(value);
  }

  setNumber(name: string, value: number): void {
    this.setText(name, String(value));
  }

  text(name: string): string | undefined {
    return this.#db.one<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)?.value;
  }

  setText(name: string, value: string): void {
    this.#db.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, value);
  }

  /** The next number of a series, from 1 up, never given twice. */
  next(name: string): number {
    const next = (this.number(name) ?? 0) + 1;
    this.setNumber(name, next);
    return next;
  }
}
