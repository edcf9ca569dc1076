import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { completionScript } from '../../src/operator/completion.ts';
import { everyCommand } from '../../src/operator/program.ts';
import { typed } from './typed.ts';

const script = completionScript({ root: '/opt/field', usages: everyCommand().map(({ usage }) => usage) });

/** What bash offers where the last of the words is being typed. */
function offered(...words: readonly string[]): readonly string[] {
  const place = `COMP_WORDS=(op ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
  const shown = execFileSync('bash', ['-c', `${script}\n${place}; _op; printf '%s\\n' "\${COMPREPLY[@]}"`], {
    encoding: 'utf8',
  });
  return shown.trim().split('\n').filter(Boolean);
}

it('bash completes commands, what stands below them, and their options', () => {
  expect(offered('doc')).toEqual(['doctor']);
  expect(offered('iso', 'cr')).toEqual(['create']);
  expect(offered('iso', 'admin', '')).toEqual(expect.arrayContaining(['add', 'remove']));
  expect(offered('iso', 'create', '--t')).toEqual(['--time-zone']);
  expect(offered('iso', 'create', '--email', 'a@b.example', '--c')).toEqual(['--country']);
  expect(offered('nothing', 'of')).toEqual([]);
});

it('is printed by a command, with where the product lies', async () => {
  const commandLine = () => ({ root: '/opt/field', usages: ['doctor'] });
  const { exit, out } = await typed('completion', { commandLine });
  expect(exit).toBe(0);
  expect(out).toContain('op() { npm --prefix \'/opt/field\' run --silent op -- "$@"; }');
});
