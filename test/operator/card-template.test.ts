import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { typed } from './typed.ts';

it('the card template is written where it is wanted, as it is committed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'template.json');
  expect(await typed(`card-template ${file}`)).toEqual({ exit: 0, out: file, err: '' });
  expect(readFileSync(file, 'utf8')).toBe(readFileSync('cards/template.json', 'utf8'));
  expect(JSON.parse((await typed(`card-template ${file} --json`)).out)).toEqual({ file });
});

it('a file that cannot be written is said in a sentence', async () => {
  const { exit, err } = await typed(`card-template ${join(tmpdir(), 'no-such-folder', 'template.json')}`);
  expect(exit).toBe(1);
  expect(err).toMatch(/^\S+template\.json cannot be written: ENOENT.*\.$/);
});
