import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** What vitest says of the story in `stories/`, in which the third of five steps fails. */
function run(...filter: string[]): string[] {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const root = fileURLToPath(new URL('stories', import.meta.url));
  const args = [vitest, 'run', '--root', root, '--reporter', 'verbose', ...filter];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const said = stdout.split('\n').filter((line) => /^ +[✓×↓→]/.test(line));
  return said.map((line) =>
    line
      .replace('broken.story.ts > ', '')
      .replace(/ \d+ms/, '')
      .trim(),
  );
}

describe('a story', () => {
  it('that breaks fails in one step; the others are skipped and name it', () => {
    expect(run()).toEqual([
      '✓ she joins',
      '✓ she chooses a product',
      '× she sends the front',
      '→ after joins, chooses',
      '↓ she sends the spots [Nok promotes a shop: broken at “she sends the front”]',
      '↓ she submits [Nok promotes a shop: broken at “she sends the front”]',
    ]);
  });

  it('can be run by one step, which lives through those before it', () => {
    expect(run('-t', 'she chooses')).toContain('✓ she chooses a product');
  });

  it('says which step before the one that was run failed', () => {
    expect(run('-t', 'she submits').slice(-2)).toEqual([
      '× she submits',
      '→ a step before this one failed: “she sends the front”',
    ]);
  });
});
