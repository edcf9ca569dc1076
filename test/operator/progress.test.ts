import { expect, it } from 'vitest';
import { createProgress } from '../../src/operator/progress.ts';

function shownOn(screen: { isTTY?: boolean; columns?: number }): {
  said: string[];
  progress: ReturnType<typeof createProgress>;
} {
  const said: string[] = [];
  return { said, progress: createProgress({ ...screen, write: (text: string) => said.push(text) }) };
}

it('on a terminal one line changes, is no longer than that, and is gone at the end', () => {
  const { said, progress } = shownOn({ isTTY: true, columns: 50 });
  progress.say('review_20260503_001.csv waits for the bot');
  progress.say('5,000 of 20,000 rows', 0.25);
  progress.say('5,000 of 20,000 rows', 0.25);
  progress.say('a long sentence about something that is done just now', 1);
  progress.end();
  expect(said.map((text) => text.replace('\r\u001b[K', '<'))).toEqual([
    '<review_20260503_001.csv waits for the bot',
    '<[######------------------]  25 % 5,000 of 20,000 ',
    '<[########################] 100 % a long sentence ',
    '<',
  ]);
});

it('elsewhere a line comes with each new thing, and each further tenth of it', () => {
  const { said, progress } = shownOn({});
  progress.say('waits for the bot');
  progress.say('waits for the bot');
  for (let rows = 0; rows <= 100; rows += 1) progress.say(`${rows} of 100 rows`, rows / 100);
  progress.end();
  expect(said[0]).toBe('waits for the bot\n');
  expect(said.slice(1)).toHaveLength(11);
  expect(said.slice(1, 3)).toEqual(['0 of 100 rows (0 %)\n', '10 of 100 rows (10 %)\n']);
});
