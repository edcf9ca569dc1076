import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import mongoose from 'mongoose';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeDigest } from '../../models/digests.ts';
import { writeCorpId, writeWebAddress } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { SETTLEMENTS } from '../../src/daily/incoming/land-settlements.ts';
import { addIsoIn, submitSpots } from '../daily/landing-harness.ts';
import { taskFor } from '../handlers/hands.ts';
import { useModels } from '../models/store.ts';
import { decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';
import { typed } from './typed.ts';

useModels(undefined);
const folder = mkdtempSync(join(tmpdir(), 'export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = () => NOW;
let made = 0;

/** Types the command; answers what is in the file, a line each. */
async function exported(words: string, besides = ''): Promise<string[][]> {
  made += 1;
  const file = join(folder, `${made}.csv`);
  const { exit, out } = await typed(`export ${words} --format csv --to ${file}`, { now });
  const [heading = [], ...rows] = parse(readFileSync(file, 'utf8'), { bom: true }) as string[][];
  expect([exit, out]).toEqual([
    0,
    `${rows.length === 1 ? '1 row is' : `${rows.length} rows are`} in ${file}.${besides}`,
  ]);
  return [heading, ...rows];
}

/** The cells of a column by its heading. */
function column([heading = [], ...rows]: readonly string[][], name: string): (string | undefined)[] {
  expect(heading).toContain(name);
  return rows.map((row) => row[heading.indexOf(name)]);
}

/** A row as a file brings it. */
async function settle(itemRef: string, dataDate: string, baht: string): Promise<void> {
  const row = {
    sourceRowKey: dataDate,
    dataDate,
    isoId: 'iso',
    itemRef,
    fee: 'DEPLOYMENT',
    state: 'CONFIRMED',
  } as const;
  const about = { cause: 'settlement_20261124_001.csv', asOf: '20261124_001', now: NOW };
  const money = { currency: 'THB', minor: Number(baht) * 100 };
  await inTransaction(async (tx) => (await SETTLEMENTS.plan([{ ...row, money }], about, tx)).write(tx));
}

beforeAll(async () => {
  await addIsoIn('Asia/Bangkok');
  await addIsoIn('Asia/Tokyo', 'other');
  await hire('nok');
  await hire('ploy');
  await submitShop('nok', 'lotus', { spots: 2 });
  await submitShop('ploy', 'silom', { spots: 1, product: 'MARKETING_CODE', series: 'BB', at: NOW - 3_600_000 });
  await decide('lotus-1', 'REJECTED');
  await taskFor('nok', 'task1');
  await taskFor(undefined, 'task2');
  await taskFor('nok', 'foreign', [], 'other');
  await submitSpots(['foreign-spot'], { isoId: 'other', shop: 'Elsewhere' });
  const tally = { promoted: 3, approved: 2, failed: 1, inReview: 0 };
  const told = { toldAt: NOW, numbers: { stores: tally, spots: tally, reasons: [] }, urgent: 0 };
  for (const [isoId, dataDate] of [
    ['iso', '20261122'],
    ['iso', '20261123'],
    ['other', '20261123'],
  ] as const)
    await inTransaction((tx) => writeDigest({ isoId, dataDate, ...told }, tx));
});

describe('a list', () => {
  it('of what was promoted has a row for each shop, spot and what stands there, of that ISO alone', async () => {
    const rows = await exported('promotions iso@iso.example');
    expect(column(rows, 'Name in daily data').toSorted()).toEqual([
      'lotus',
      'lotus-1',
      'lotus-1.posm',
      'lotus-2',
      'lotus-2.posm',
      'silom',
      'silom-1',
      'silom-1.posm',
    ]);
    const failed = rows.find((row) => row.includes('lotus-1')) ?? [];
    const said = Object.fromEntries((rows[0] ?? []).map((heading, place) => [heading, failed[place]]));
    expect(said).toMatchObject({
      Shop: 'Shop lotus',
      Address: 'Silom Rd 12',
      City: 'Bangkok',
      Country: 'TH',
      Spot: 'Door',
      Promotion: 'P-lotus',
      Who: 'nok',
      Sent: '2026-11-23 13:00',
      'Times sent': '1',
      Photos: '2',
      State: '✗ Failed',
    });
    expect(said['Fix by']).toMatch(/^2026-1[12]-\d\d \d\d:\d\d$/);
    expect(said.Reason).not.toBe('');
  });

  it('says where its photos are seen, where somebody could open that', async () => {
    expect((await exported('failures iso@iso.example'))[0]).not.toContain('See photos at');
    await writeWebAddress('https://field.example');
    await writeCorpId('ding1');
    onTestFinished(() => writeWebAddress(undefined));
    const rows = await exported('failures iso@iso.example');
    expect(column(rows, 'See photos at')).toEqual(['https://field.example/go/photos/lotus-1?corpId=ding1']);
  });

  it('has phones, contacts and registration numbers only where they are asked for', async () => {
    const usual = await exported('promotions iso@iso.example');
    expect(JSON.stringify(usual)).not.toMatch(/Malee|m@shop.example/);
    const personal = await exported('promotions iso@iso.example --personal');
    expect(column(personal, 'Manager').filter((name) => name === 'Malee')).toHaveLength(8);
    expect(column(personal, 'Phone or e-mail')).toContain('m@shop.example');
  });

  it('of a time has what was sent on these days of the ISO', async () => {
    expect(column(await exported('promotions iso@iso.example --from 2026-11-24'), 'Shop')).toEqual([
      'Shop silom',
      'Shop silom',
      'Shop silom',
    ]);
    const before = await exported('promotions iso@iso.example --until 2026-11-23');
    expect(new Set(column(before, 'Shop'))).toEqual(new Set(['Shop lotus']));
    expect(await exported('promotions iso@iso.example --from 2026-11-25')).toHaveLength(1);
  });

  it('of failures, tasks, people and digests has those', async () => {
    expect(column(await exported('failures iso@iso.example'), 'Name in daily data')).toEqual(['lotus-1']);
    const tasks = await exported('tasks iso@iso.example');
    expect(column(tasks, 'Name in daily data').toSorted()).toEqual(['task1', 'task2']);
    expect(column(tasks, 'Who').toSorted()).toEqual(['', 'nok']);
    expect(column(await exported('people iso@iso.example'), 'Name')).toEqual(['nok', 'ploy']);
    const digests = await exported('digests iso@iso.example');
    expect(column(digests, 'Result of')).toEqual(['2026-11-22', '2026-11-23']);
    expect(column(digests, 'Spots failed')).toEqual(['1', '1']);
    expect(column(await exported('digests iso@iso.example --from 2026-11-23'), 'Result of')).toEqual(['2026-11-23']);
  });

  it('of fees never changes once its month is over: what comes late for it, or corrects it, is in the one after', async () => {
    await submitSpots(['paid', 'late']);
    await settle('paid', '20261012', '100');
    await settle('paid', '20261103', '110');
    const october = 'fees iso@iso.example --until 2026-10-31';
    const closed = '\n2026-10 and what is before it are closed: what comes late counts in the month after.';
    const taken = await exported(october, closed);
    expect(column(taken, 'How much')).toEqual(['100']);
    await settle('paid', '20261013', '90');
    await settle('late', '20261030', '50');
    expect(await exported(october)).toEqual(taken);
    const since = await exported('fees iso@iso.example --from 2026-11-01');
    expect(column(since, 'Month')).toEqual(['2026-11', '2026-11', '2026-11']);
    expect(column(since, 'How much').toSorted()).toEqual(['-100', '110', '50']);
    // a month that goes on is not closed by that
    await settle('late', '20261104', '55');
    expect(column(await exported('fees iso@iso.example --from 2026-11-01'), 'How much').toSorted()).toEqual([
      '-100',
      '110',
      '55',
    ]);
  });

  it('is headed in the language that is asked for', async () => {
    const [thai = []] = await exported('people iso@iso.example --language th');
    expect(thai[0]).toBe('ชื่อ');
    const [chinese = []] = await exported('tasks iso@iso.example --language zh-CN');
    expect(chinese[0]).toBe('店铺');
  });

  it('is a workbook unless it is said', async () => {
    const file = join(folder, 'people.xlsx');
    await typed(`export people iso@iso.example --to ${file}`, { now });
    expect((await readXlsxFile(file))[0]?.data.map(([name]) => name)).toEqual(['Name', 'nok', 'ploy']);
  });
});

it('who took what stands in the audit', async () => {
  await exported('failures iso@iso.example --personal');
  const entries = await mongoose.connection
    .collection('audit')
    .find({ what: 'export.make' })
    .sort({ _id: -1 })
    .toArray();
  expect(entries[0]).toMatchObject({
    by: 'operator',
    isoId: 'iso',
    subject: { kind: 'iso', id: 'iso' },
    details: { list: 'failures', rows: 1, format: 'csv', personal: 'yes' },
  });
});

it('a file that is there stays, and what cannot be written leaves none', async () => {
  const file = join(folder, 'mine.xlsx');
  writeFileSync(file, 'mine');
  expect((await typed(`export people iso@iso.example --to ${file}`, { now })).err).toBe(
    `${file} is there already: name another with --to.`,
  );
  expect(readFileSync(file, 'utf8')).toBe('mine');
  const before = readdirSync(folder);
  const nowhere = join(folder, 'no', 'such.xlsx');
  expect((await typed(`export people iso@iso.example --to ${nowhere}`, { now })).err).toBe(
    `${nowhere} cannot be written (ENOENT).`,
  );
  expect(readdirSync(folder)).toEqual(before);
});

it.each([
  ['export shops iso@iso.example', '<list> must be one of promotions, failures, tasks, people, fees, digests, stock.'],
  ['export people nobody@iso.example', 'There is no ISO with the e-mail nobody@iso.example.'],
  ['export people iso@iso.example --from yesterday', '--from is no day: "yesterday". Write one such as 2026-05-01.'],
  ['export people iso@iso.example --language xx', '--language is none of'],
  ['export people iso@iso.example --format pdf', '--format must be one of xlsx, csv.'],
])('%s is refused in a sentence', async (line, says) => {
  const { exit, err } = await typed(line, { now });
  expect([exit === 0, err]).toEqual([false, expect.stringContaining(says)]);
});
