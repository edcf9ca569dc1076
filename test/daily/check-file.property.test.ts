import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { checkFile, isMostlyWrong } from '../../src/daily/incoming/check-file.ts';
import type { LandingKind } from '../../src/daily/incoming/kind.ts';
import { REVIEWS } from '../../src/daily/incoming/land-reviews.ts';
import { receive } from '../../src/daily/incoming/receive.ts';
import type { ReviewRow } from '../../src/daily/incoming/review-row.ts';
import { approves, csv } from './landing-harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WORDS = { known: 'known', unknown: 'unknown', malformed: 'known', lines: 'known' } as const;
type Word = keyof typeof WORDS;
const RUNS = { numRuns: 60, seed: 20_261_129 };

/** A file of these rows: about what is ours, about nothing here, wrong, or with a text of several lines. */
function fileOf(words: readonly Word[]): string {
  const rows = words.map((word, n) => {
    const row = approves(`${WORDS[word]}${n}`);
    if (word === 'malformed') return { ...row, submissionRevision: 'none' };
    return word === 'lines' ? { ...row, reasonText: 'first\nsecond\r\n\nlast' } : row;
  });
  return csv(rows);
}

async function checked(content: string) {
  const asked: string[] = [];
  const kind: LandingKind<ReviewRow> = {
    ...REVIEWS,
    known: async (rows) => {
      asked.push(...rows.map(({ itemRef }) => itemRef));
      return rows.map(({ itemRef }) => itemRef.startsWith('known'));
    },
  };
  const offer = {
    name: 'review_20260503_001.csv',
    kind: 'review',
    day: '20260503',
    sequence: 1,
    zipped: false,
  } as const;
  const file = await receive(
    { ...offer, encoding: 'utf-8', version: async () => 'same', read: () => Readable.from([Buffer.from(content)]) },
    folder,
  );
  if (file === undefined) throw new Error('it changed');
  return { ...(await checkFile(file, kind, async () => undefined)), asked };
}

it('a file is refused exactly when more than half of its rows are wrong, wherever they stand', async () => {
  const run = fc.tuple(
    fc.constantFrom<Word>('known', 'unknown', 'malformed', 'lines'),
    fc.integer({ min: 1, max: 700 }),
  );
  const file = fc
    .array(run, { minLength: 1, maxLength: 5 })
    .map((runs) => runs.flatMap(([word, count]) => Array<Word>(count).fill(word)));
  await fc.assert(
    fc.asyncProperty(file, async (words) => {
      const wrong = words.filter((word) => word === 'unknown' || word === 'malformed').length;
      const found = await checked(fileOf(words));
      expect([found.rows, isMostlyWrong(found)]).toEqual([words.length, wrong * 2 > words.length]);
      if (isMostlyWrong(found)) expect(found.wrong).toBe(wrong);
    }),
    RUNS,
  );
});

it('once more than half is known, no more is looked for; what half of it is, is looked for to the end', async () => {
  const sound = await checked(fileOf(Array<Word>(4_000).fill('known')));
  expect(sound).toMatchObject({ rows: 4_000, forgiven: [] });
  expect(sound.asked.length).toBeGreaterThanOrEqual(2_000);
  expect(sound.asked.length).toBeLessThanOrEqual(2_500);
  const half = await checked(fileOf([...Array<Word>(1_000).fill('known'), ...Array<Word>(1_001).fill('unknown')]));
  expect([half.asked.length, half.wrong, isMostlyWrong(half)]).toEqual([2_001, 1_001, true]);
});
