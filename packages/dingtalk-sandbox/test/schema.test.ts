import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { bringForward } from '../src/store/schema.ts';
import { aFolder, aSandbox } from './support/sandbox.ts';

const newFolder = () => aFolder('sandbox-schema');

function aFile(path = ':memory:') {
  const file = new Libsql(path);
  const version = () => (file.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  return { file, version };
}

test('a file of before there were versions opens with what is in it, and has one', async () => {
  const dataDir = await newFolder();
  const first = await aSandbox({ dataDir });
  await first.control('POST', '/messages', { from: 'staff1', text: 'kept' });
  await first.close();
  const { file, version } = aFile(join(dataDir, 'sandbox.db'));
  onTestFinished(() => void file.close());
  expect(version()).toBe(5);
  file.pragma('user_version = 0');
  const again = await aSandbox({ dataDir });
  expect((await again.control('GET', '/conversations/staff1')).body).toMatchObject([{ text: 'kept' }]);
  expect(version()).toBe(5);
});

test('a file of a newer release is refused in one sentence and left as it is, its folder too', async () => {
  const dataDir = await newFolder();
  const { file, version } = aFile(join(dataDir, 'sandbox.db'));
  onTestFinished(() => void file.close());
  file.pragma('user_version = 9');
  await expect(aSandbox({ dataDir })).rejects.toMatchObject({
    code: 'store.tooNew',
    details: {
      say: expect.stringMatching(/^The sandbox\.db in .* newer release \(form 9\); .* up to 5\. Start .*\.$/),
    },
  });
  expect([version(), file.prepare('SELECT name FROM sqlite_master').all()]).toEqual([9, []]);
  file.pragma('user_version = 0');
  await aSandbox({ dataDir });
});

test('each step is run once, in order, and one that fails leaves the file as the one before it did', () => {
  const { file, version } = aFile();
  const made = 'CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES (1)';
  const doubled = 'UPDATE notes SET text = text * 2';
  bringForward(file, 'here', [made]);
  bringForward(file, 'here', [made, doubled]);
  bringForward(file, 'here', [made, doubled]);
  const notes = () => file.prepare('SELECT text FROM notes').all();
  expect([version(), notes()]).toEqual([2, [{ text: '2' }]]);
  const broken = 'UPDATE notes SET text = 3; INSERT INTO missing VALUES (1)';
  expect(() => bringForward(file, 'here', [made, doubled, broken])).toThrow('no such table: missing');
  expect([version(), notes()]).toEqual([2, [{ text: '2' }]]);
});
