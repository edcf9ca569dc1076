import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../src/store/database.ts';

it('a transaction that SQLite has ended by itself fails with what ended it, and the next one works', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-database-'));
  const db = openDatabase(folder);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const full = new Error('database or disk is full');
  const ended = (): void =>
    db.transaction(() => {
      db.run('ROLLBACK');
      throw full;
    });
  expect(ended).toThrow(full);
  expect(db.transaction(() => db.one<{ one: number }>('SELECT 1 AS one'))).toMatchObject({ one: 1 });
});
