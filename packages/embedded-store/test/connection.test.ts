import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Connection } from '../src/engine/connection.ts';
import { newFolder } from './stores.ts';

const { folder, remove } = newFolder();
let writer: Connection;
let reader: Connection;

beforeAll(() => {
  writer = new Connection(join(folder, 'test.db'));
  writer.all('PRAGMA journal_mode = WAL');
  writer.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT)');
  reader = new Connection(join(folder, 'test.db'), { readonly: true });
});

afterAll(() => {
  reader.close();
  writer.close();
  remove();
});

it('keeps no read open, whether all rows are taken or the first of many', () => {
  for (let n = 1; n <= 3; n++) writer.run('INSERT INTO t (n, v) VALUES (?, ?)', [n, 'a']);
  const read = [
    () => reader.first<[string]>('SELECT v FROM t WHERE n > ?', [0])?.[0],
    () => reader.all<[string]>('SELECT v FROM t WHERE n >= ?', [1])[0]?.[0],
  ];
  for (const look of read) {
    expect(look()).toBe('a');
    writer.run('UPDATE t SET v = ?', ['b']);
    // what a reader has pinned cannot be brought into the file
    expect(writer.all('PRAGMA wal_checkpoint(TRUNCATE)')).toEqual([[0, 0, 0]]);
    expect(look()).toBe('b');
    writer.run('UPDATE t SET v = ?', ['a']);
  }
  expect(reader.first('SELECT v FROM t WHERE n > ?', [9])).toBeUndefined();
});

it('tells the id of the row that was added, and that there was none', () => {
  const add = 'INSERT OR IGNORE INTO t (n, v) VALUES (?, ?)';
  expect(writer.run(add, [20, 'c'])).toBe(20);
  expect(writer.run(add, [20, 'd'])).toBe(0);
  expect(writer.run(add, [10, 'c'])).toBe(10);
});
