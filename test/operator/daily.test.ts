import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { landBatch, moveFile, receiveFile } from '../../models/incoming-files.ts';
import { writeInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hearAsked } from '../../src/daily/incoming/ask-to-look.ts';
import {
  addIsoIn,
  approves,
  csv,
  DATA_DATE,
  itemOf,
  LANDED_AT,
  LandingHarness,
  submitSpots,
} from '../daily/landing-harness.ts';
import { useModels } from '../models/store.ts';
import { type Shown, typed } from './typed.ts';

useModels(undefined);
const harness = new LandingHarness();
const incoming = harness.dir;
const own = mkdtempSync(join(tmpdir(), 'own-'));
afterAll(() => rmSync(own, { recursive: true, force: true }));
const NAME = 'review_20260503_001.csv';
const good = csv([approves('a'), approves('b'), approves('x')]);
const mostlyWrong = csv([approves('a'), approves('x'), approves('y')]);
const said: string[] = [];

/** The bot at work, which hears that it is asked; it ends with the test. */
let isRunning = false;
async function bot(): Promise<void> {
  while (isRunning) {
    if (await hearAsked(incoming)) await harness.land();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function daily(line: string, how: { bot?: boolean; now?: number } = {}): Promise<Shown> {
  said.length = 0;
  let working: Promise<void> | undefined;
  // it hears only what somebody is seen to wait for, so that a quick one takes no word from the operator
  const hear = (): void => {
    isRunning = how.bot ?? true;
    working ??= bot();
  };
  const shown = await typed(`daily ${line}`, {
    daily: () => ({ incoming, encoding: 'utf-8' }),
    now: () => how.now ?? LANDED_AT,
    progress: {
      say: (what) => {
        said.push(what);
        hear();
      },
      end: () => undefined,
    },
  });
  isRunning = false;
  await working;
  return shown;
}

/** A file that the operator has somewhere. */
function has(name: string, content: string | Uint8Array): string {
  writeFileSync(join(own, name), content);
  return join(own, name);
}

beforeEach(async () => {
  await forgetEverything();
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming);
  await writeInstallation({
    limits: { pushes: 1, calls: 1 },
    programmeTimeZone: 'Asia/Shanghai',
    invitationsADay: 1,
  });
  await addIsoIn('Asia/Bangkok');
  await submitSpots(['a', 'b']);
});

describe('import', () => {
  it('puts a file in, looks on until it is landed, and says what became of its rows', async () => {
    const { exit, out, err } = await daily(`import ${has(NAME, good)}`);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.split('\n')).toEqual([
      `${NAME} is landed: 3 rows.`,
      '  applied    2',
      '  unmatched  1',
      `What became of each row: ${join(incoming, 'done', 'review_20260503_001.result.csv')}`,
    ]);
    expect((await itemOf('a')).state).toBe('APPROVED');
    expect(said).toContain(`${NAME} waits for the bot`);
    expect(statSync(join(incoming, 'done', NAME)).mode & 0o777).toBe(0o600);
  });

  it('is for programs, too', async () => {
    const { out } = await daily(`import ${has(NAME, good)} --json`);
    expect(JSON.parse(out)).toMatchObject({ file: NAME, rows: 3, outcomes: { applied: 2, unmatched: 1 } });
  });

  it('says the right name of a file by what is in it, and takes it by that', async () => {
    harness.drop(NAME, good);
    const path = has('results of May.csv', csv([approves('b', { sourceRowKey: 'other' })]));
    const wrong = await daily(`import "${path}"`);
    expect(wrong).toMatchObject({ exit: 1, out: '' });
    expect(wrong.err).toBe(
      `${path} is no name of a daily file, such as ${NAME}. Type it with: --as review_20260503_002.csv`,
    );
    expect(await daily(`import "${path}" --as review_20260503_002.csv`)).toMatchObject({ exit: 0 });
  });

  it('says so where the name is that of another kind', async () => {
    const { exit, err } = await daily(`import ${has('stock_20260503_001.csv', good)}`);
    expect([exit, err]).toEqual([
      1,
      'stock_20260503_001.csv is no stock file: it has the columns of review. Type it with: --as review_20260503_001.csv',
    ]);
    expect(harness.names()).toEqual([]);
  });

  it('takes a packed file', async () => {
    expect(await daily(`import ${has(`${NAME}.gz`, gzipSync(good))}`)).toMatchObject({ exit: 0 });
  });

  it.each([
    ['no file', join(own, 'none.csv'), `There is no file ${join(own, 'none.csv')}.`],
    ['a folder', own, `${own} is a folder. Name one file in it.`],
    ['an empty file', has('review_20260503_007.csv', ''), /is empty: there is nothing in it to land\.$/],
    [
      'a workbook',
      has('review_20260503_008.csv', Buffer.from('504b030400', 'hex')),
      /would be quarantined: it is an Excel workbook .*\. Nothing was changed\.$/,
    ],
    ['columns of nothing', has('anything.csv', 'a,b\r\n1,2\r\n'), /It has the columns of no kind either\.$/],
    [
      'a name of nothing',
      has('review_20260599_001.csv', good),
      /no name of a daily file, .*--as review_20260503_001\.csv$/,
    ],
  ])('refuses %s, and changes nothing', async (_, path, problem) => {
    const { exit, out, err } = await daily(`import "${path}"`);
    expect([exit, out, harness.names()]).toEqual([1, '', []]);
    expect(err).toMatch(problem);
  });

  it('refuses a content that was landed before, and a name that waits', async () => {
    await daily(`import ${has(NAME, good)}`);
    expect((await daily(`import ${has('review_20260504_001.csv', good)}`)).err).toBe(
      `The same content was landed before, as ${NAME} of 2026-05-04 01:00 UTC. It would change nothing.`,
    );
    harness.drop('review_20260504_002.csv', good);
    const other = csv([approves('b', { sourceRowKey: 'other' })]);
    expect((await daily(`import ${has('review_20260504_002.csv', other)}`, { bot: false })).err).toBe(
      'review_20260504_002.csv waits in the folder already, or is being landed. Give yours another number.',
    );
    expect(harness.read('review_20260504_002.csv')).toBe(good);
  });

  it('takes a file without rows for each day that it is of', async () => {
    const [header = ''] = good.split('\r\n');
    for (const name of [NAME, 'review_20260504_001.csv']) {
      const { exit, out } = await daily(`import ${has(name, `${header}\r\n`)}`);
      expect([exit, out.split('\n')[0]]).toEqual([0, `${name} is landed: 0 rows.`]);
    }
    expect((await daily(`import ${has(NAME, `${header}\r\n`)}`)).exit).toBe(1);
    expect(JSON.parse((await daily('status --json')).out).days).toHaveLength(2);
  });

  it('says what then, where no bot hears of it', async () => {
    const { exit, err } = await daily(`import ${has(NAME, good)}`, { bot: false });
    expect(exit).toBe(1);
    expect(err).toContain('but no bot has heard of it for 20 seconds. It is landed once the bot runs: npm start.');
    expect(harness.names()).toEqual(['.asked', NAME]);
    await harness.land();
    expect(harness.names('done')).toContain(NAME);
  });

  it('says why a file is quarantined, and exits with 1', async () => {
    const { exit, err } = await daily(`import ${has(NAME, mostlyWrong)}`);
    expect(exit).toBe(1);
    expect(err.split('\n')).toEqual([
      `${NAME} is quarantined: 2 of its 3 rows are malformed or about nothing known here.`,
      `See: ${join(incoming, 'quarantine', 'review_20260503_001.result.csv')}`,
    ]);
  });
});

describe('a quarantined file', () => {
  beforeEach(async () => {
    await daily(`import ${has(NAME, mostlyWrong)}`);
  });

  it('is looked at again by retry once what it is about is there', async () => {
    expect(await daily(`retry ${NAME}`)).toMatchObject({
      exit: 1,
      err: expect.stringContaining('is quarantined: 2 of its 3'),
    });
    expect(harness.names('quarantine')).toEqual([NAME, 'review_20260503_001.result.csv']);
    await submitSpots(['x', 'y']);
    expect(await daily(`retry ${NAME}`)).toMatchObject({ exit: 0, out: expect.stringContaining('applied  3') });
    expect(harness.names('quarantine')).toEqual([]);
  });

  it('is landed by release as far as it is right, and its result says so', async () => {
    const { exit, out } = await daily(`release ${NAME}`);
    expect([exit, out.split('\n').slice(0, 3)]).toEqual([
      0,
      [`${NAME} is landed: 3 rows.`, '  applied    1', '  unmatched  2'],
    ]);
    expect(harness.results('done/review_20260503_001.result.csv')[0]).toBe(
      'forgiven 2 of its 3 rows are malformed or about nothing known here and an operator released it',
    );
    expect((await itemOf('a')).state).toBe('APPROVED');
  });

  it('that was released before the bot ended is landed by the next', async () => {
    await daily(`release ${NAME}`, { bot: false });
    await harness.land();
    expect(harness.names('done')).toContain(NAME);
  });

  it('that is not there is named with those that are', async () => {
    const there = `There are: ${NAME}.`;
    expect((await daily('retry other.csv')).err).toBe(`other.csv is not in quarantine. ${there}`);
    expect((await daily('release other.csv')).err).toBe(`other.csv is not in quarantine. ${there}`);
  });

  it('of which most rows are right now is to be retried', async () => {
    await submitSpots(['x', 'y']);
    expect((await daily(`release ${NAME}`)).err).toBe(`Most rows of ${NAME} are right now: retry it instead.`);
    expect(harness.names('quarantine')).toContain(NAME);
  });

  it('is known by its own name where it is the second of it', async () => {
    await daily(`import ${has(NAME, csv([approves('z'), approves('y')]))}`);
    expect(harness.names('quarantine')).toContain('review_20260503_001.2.csv');
    await submitSpots(['z', 'y']);
    expect(await daily('retry review_20260503_001.2.csv')).toMatchObject({ exit: 0 });
    expect(harness.names('done')).toContain(NAME);
  });
});

it('a file that cannot be read is not put back', async () => {
  harness.drop(NAME, 'sourceRowKey\r\n1\r\n');
  await harness.land();
  expect((await daily(`retry ${NAME}`)).err).toMatch(
    /would be quarantined: its header is one cell.*Nothing was changed\.$/,
  );
  expect((await daily(`release ${NAME}`)).err).toMatch(/would be quarantined/);
  expect(harness.names('quarantine')).toContain(NAME);
});

describe('status', () => {
  it('shows what came, what is missing, what waits and what is in quarantine', async () => {
    for (const day of [DATA_DATE, '20260504', '20260505']) {
      harness.drop(`review_${day}_001.csv`, csv([approves('a', { sourceRowKey: day }), approves('x')]));
      harness.drop(`review_${day}_002.csv`, csv([approves('b', { sourceRowKey: day })]));
    }
    harness.drop('stock_20260505_001.csv', 'batchId\r\n1\r\n');
    await harness.land();
    harness.drop('review_20260507_001.csv', good);
    harness.drop('May.xlsx', 'x');
    const later = LANDED_AT + 3 * 24 * 3_600_000 + 2 * 3_600_000;
    const { exit, out } = await daily('status', { now: later, bot: false });
    expect([exit, out.split('\n')]).toEqual([
      0,
      [
        'What came:',
        '  day       kind    files  applied  unchanged  unmatched',
        '  20260505  review  2      0        2          1',
        '  20260504  review  2      0        2          1',
        '  20260503  review  2      2        0          1',
        'Missing for 20260506:',
        '  review: it came on the days before',
        'Waiting:',
        `  review_20260507_001.csv, ${good.length} bytes`,
        'In quarantine:',
        '  stock_20260505_001.csv: its header is one cell: commas or semicolons or tabs part cells',
        'Not taken, since their names are none of daily files:',
        '  May.xlsx',
      ],
    ]);
    const early = await daily('status --json', { now: later - 8 * 3_600_000, bot: false });
    expect(JSON.parse(early.out)).toMatchObject({ late: { kinds: [] } });
  });

  it('shows how far a file is that is being landed', async () => {
    harness.drop(NAME, good);
    await receiveFile('hash', NAME, LANDED_AT);
    await moveFile('hash', 'RECEIVED', 'VALIDATED', { rows: 3_000 });
    await moveFile('hash', 'VALIDATED', 'APPLYING');
    const batch = { from: 0, outcomes: Array(1_500).fill('applied'), ofIsos: [], lines: '' };
    await inTransaction((tx) => landBatch('hash', batch, tx));
    expect((await daily('status', { bot: false })).out).toContain(
      `${NAME}, ${good.length} bytes: landed 1,500 of 3,000 rows`,
    );
  });

  it('says that nothing came', async () => {
    expect((await daily('status', { bot: false })).out).toBe('What came:\n  Nothing.');
  });

  it('takes days, and no others', async () => {
    expect((await daily('status --days 0')).err).toContain('--days must be from 1 to 90.');
  });
});
