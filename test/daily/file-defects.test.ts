import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createLog, type Logger } from '@field/kit/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewsHaveLanded } from '../../models/incoming-files.ts';
import { directorySource } from '../../src/daily/incoming/directory-source.ts';
import { parseFileName } from '../../src/daily/incoming/file-name.ts';
import { receive } from '../../src/daily/incoming/receive.ts';
import { resultLine } from '../../src/daily/incoming/result-lines.ts';
import type { Offer } from '../../src/daily/incoming/source.ts';
import { useModels } from '../models/store.ts';
import { addIsoIn, approves, csv, itemOf, LandingHarness, rejects, submitSpots } from './landing-harness.ts';

const ONE_CELL = 'its header is one cell: commas or semicolons or tabs part cells';
const NOT_UTF8 = 'is not UTF-8: save it as CSV (UTF-8) or set INCOMING_ENCODING';
const NAME = 'review_20260503_001.csv';
const good = csv([approves('a'), approves('b')]);
const [header = '', first = ''] = good.split('\r\n');
/** All of the columns but one. */
const without = (column: string): string => {
  const columns = header.split(',').filter((name) => name !== column);
  return csv([approves('a')], columns);
};

describe('a file', () => {
  useModels(undefined);
  const harness = new LandingHarness();
  let number = 0;

  beforeAll(async () => {
    await addIsoIn('Asia/Bangkok');
    await submitSpots(['a', 'b', 'c', 'd']);
  });

  /** Lands a content under a name that was never used; answers what its result says, and where it went. */
  async function landed(content: string | Uint8Array, ending = '.csv'): Promise<{ where: string; lines: string[] }> {
    number += 1;
    const name = `review_20260503_${number}`;
    harness.drop(name + ending, content);
    await harness.land();
    const where = harness.names('done').includes(name + ending) ? 'done' : 'quarantine';
    return { where, lines: harness.results(`${where}/${name}.result.csv`) };
  }

  it.each([
    ['with a byte order mark', `\ufeff${csv([approves('a')])}`],
    ['with bare line feeds', csv([approves('a')]).replaceAll('\r\n', '\n')],
    ['with both line ends', `${header}\n${first}\r\n`],
    ['with empty lines', `${header}\r\n\r\n${first}\r\n\r\n`],
    ['without a last line end', `${header}\r\n${first}`],
    [
      'with its columns in another order, and more of them',
      csv([{ ...approves('a'), mood: 'good' }], ['mood', ...header.split(',').reverse()]),
    ],
    [
      'without the columns it may lack',
      csv(
        [approves('a')],
        header
          .split(',')
          .filter((name) => !/^(reasonText|reasonLang|reviewerRef|remedy|deadlineAt|feeEligible)$/.test(name)),
      ),
    ],
    ['with a quoted line break, comma and quote', csv([approves('a', { reasonText: 'One,\r\n"two"' })])],
    ['with a day in short', csv([approves('a', { dataDate: '20260503' })])],
  ])('%s is read', async (_, content) => {
    const { where, lines } = await landed(content);
    expect(where).toBe('done');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[23] a#1@20260503 (applied|unchanged)/);
  });

  const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  it.each([
    ['with semicolons', good.replaceAll(',', ';'), 'cells are parted by semicolons'],
    ['with tabs', `\ufeff${good.replaceAll(',', '\t')}`, 'cells are parted by tabs'],
    ['that names its separator', `sep=;\r\n${good.replaceAll(',', ';')}`, 'cells are parted by semicolons'],
    [
      'with rows of commas',
      `${good}${`${','.repeat(14)}\r\n`.repeat(20)}`,
      '20 times: a row without a word is passed over (line 4)',
    ],
    [
      'with a column spelled otherwise',
      good.replace('sourceRowKey', 'Source Row_Key'),
      'the column Source Row_Key is taken for sourceRowKey',
    ],
    [
      'with whole numbers as floats',
      csv([approves('a', { submissionRevision: '1.0' }), approves('b')]),
      'submissionRevision is spelled otherwise (1.0 for 1)',
    ],
    [
      'with words in small letters',
      csv([approves('a', { decision: 'approved' }), approves('b', { decision: 'Approved' })]),
      '2 times: decision is spelled otherwise (approved for APPROVED)',
    ],
    [
      'with a key that ends with what nobody sees',
      csv([approves('a', { itemRef: 'a\u200b' }), approves('b')]),
      'itemRef is spelled otherwise (a\u200b for a)',
    ],
    [
      'with a day as a table program writes it',
      csv([approves('a', { dataDate: '2026/5/3 0:00' }), approves('b')]),
      'dataDate is spelled otherwise (2026/5/3 0:00 for 2026-05-03)',
    ],
  ])('%s is read, and its result says so', async (_, content, forgiven) => {
    const { where, lines } = await landed(content);
    expect(where).toBe('done');
    expect(lines).toEqual([
      `forgiven ${forgiven}`,
      expect.stringMatching(/^[23] a#1@20260503 (applied|unchanged)/),
      expect.stringMatching(/^[34] b#1@20260503 (applied|unchanged)/),
    ]);
  });

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${csv([approves('b', { reasonText: 'ไม่ชัด' })])}`, 'utf16le')],
    ['UTF-16 the other way round', utf16be(csv([approves('a', { reasonText: '不清楚' })]))],
  ])('in %s, which says so, is read', async (_, content) => {
    const { where, lines } = await landed(content);
    expect([where, lines.length]).toEqual(['done', 1]);
  });

  it.each([
    ['in Latin-1', Buffer.from(csv([approves('a', { reasonText: 'à côté' })]), 'latin1'), `line 2 ${NOT_UTF8}`],
    ['in UTF-16', Buffer.from(good, 'utf16le'), `line 1 ${NOT_UTF8}`],
    ['that is empty', '', 'it is empty'],
    ['without its decisions', without('decision'), 'the column decision is missing'],
    ['with a column twice', good.replace('reviewerRef', 'decision'), 'the column decision is there twice'],
    ['of cells that nothing parts', good.replaceAll(',', ' '), ONE_CELL],
    ['that names a quote as its separator', `sep="\r\n${good}`, 'a quote at line 1 stands where none can be'],
    ['that names nothing as its separator', `sep=\r\n${good}`, ONE_CELL],
    ['that names a letter as its separator', `sep=x\r\n${good}`, ONE_CELL],
    [
      'whose column is written twice, each time otherwise',
      good.replace('sourceRowKey', 'Source Row Key').replace('reviewerRef', 'source_row_key'),
      'the column sourceRowKey is there twice',
    ],
    [
      'that is a workbook',
      Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(60)]),
      'it is an Excel workbook or another zip archive: save it as CSV (UTF-8)',
    ],
    ['that is packed and does not say so', gzipSync(good), 'it is packed by gzip: name it .csv.gz'],
    [
      'that is half of UTF-16',
      Buffer.concat([Buffer.from(`\ufeff${good}`, 'utf16le'), Buffer.from('x')]),
      'line 4 is not utf-16le as its byte order mark says',
    ],
    ['cut inside quotes', `${header}\r\n"${first}\r\n`, 'the quote that opens at line 3 never closes'],
    ['cut in its last row', good.slice(0, -40), 'its last row is cut off'],
    ['with a stray quote', good.replace('APPROVED', 'APP"ROVED'), 'a quote at line 2 stands where none can be'],
    ['with an endless row', `${header}\r\n${'x'.repeat(70_000)}\r\n`, 'a row at line 2 is longer than 64 KB'],
    [
      'of malformed rows',
      csv([approves('a', { decision: 'MAYBE' })]),
      'its only row is malformed or about nothing known here',
    ],
    [
      'about nothing known here',
      csv([approves('x'), approves('y'), approves('a')]),
      '2 of its 3 rows are malformed or about nothing known here',
    ],
  ])('%s is quarantined before anything is told', async (_, content, why) => {
    const told = harness.told.length;
    const { where, lines } = await landed(content);
    expect(where).toBe('quarantine');
    expect(lines[0]).toBe(`quarantined ${why}`);
    expect(harness.told.length).toBe(told);
  });

  it('of which half is right is landed', async () => {
    const { where, lines } = await landed(csv([approves('c'), approves('x')]));
    expect(where).toBe('done');
    expect(lines).toEqual(['2 c#1@20260503 applied', '3 x#1@20260503 unmatched unknownItem']);
  });

  it.each([
    [
      'a time without a zone',
      { decidedAt: '2026-05-04T03:00:00' },
      'decidedAt is not an ISO 8601 time with a time zone',
    ],
    ['a day that is none', { dataDate: '2026-02-30' }, 'dataDate is not a day'],
    [
      'a moment that is none',
      { decidedAt: '2026-05-32T03:00:00Z' },
      'decidedAt is not an ISO 8601 time with a time zone',
    ],
    ['a year mistyped', { decidedAt: '2062-05-04T03:00:00Z' }, 'decidedAt is in the future'],
    ['no revision', { submissionRevision: '0' }, 'submissionRevision is not a whole number from 1 on'],
    ['no item', { itemRef: '' }, 'itemRef is empty'],
    [
      'a verdict that does not answer an appeal',
      { itemType: 'APPEAL', decision: 'INVALIDATED' },
      'decision does not answer an appeal',
    ],
  ])('with %s in a row lands the others', async (_, change, reason) => {
    const rows = [approves('a', { sourceRowKey: 'bad', ...change }), approves('a'), approves('b')];
    const { where, lines } = await landed(csv(rows));
    expect(where).toBe('done');
    expect(lines[0]).toBe(`2 bad malformed ${reason}`);
    expect(lines).toHaveLength(3);
  });

  it('with a cell too few or too many in a row lands the others', async () => {
    const { lines } = await landed(`${header}\r\n${first},more\r\n${first}\r\n${first.slice(0, -1)}\r\n${first}\r\n`);
    expect(lines.map((line) => line.split(' ').slice(0, 9).join(' '))).toEqual([
      '2  malformed 16 cells where the header has',
      expect.stringMatching(/^3 a#1@20260503 /),
      '4  malformed 14 cells where the header has',
      expect.stringMatching(/^5 a#1@20260503 /),
    ]);
  });

  it('that was quarantined is looked at again when it comes again', async () => {
    const early = csv([approves('tomorrow')]);
    expect((await landed(early)).where).toBe('quarantine');
    await submitSpots(['tomorrow']);
    expect((await landed(early)).where).toBe('done');
    expect((await itemOf('tomorrow')).state).toBe('APPROVED');
  });

  it('packed is read, and quarantined when its archive is cut', async () => {
    const packed = gzipSync(csv([rejects('d')]));
    expect((await landed(packed.subarray(0, -9), '.csv.gz')).lines).toEqual([
      'quarantined the gzip archive is damaged or cut off',
    ]);
    expect((await landed(Buffer.from('no archive'), '.csv.gz')).lines).toEqual([
      'quarantined it is named .gz and is no gzip archive',
    ]);
    expect((await landed(packed, '.csv.gz')).where).toBe('done');
    expect((await itemOf('d')).state).toBe('REJECTED');
  });

  it('that is unfinished, or named otherwise, is left alone', async () => {
    const others = ['review_20260503_900.csv.part', 'review_20260230.csv', 'reviews_20260503.csv', 'notes.txt'];
    for (const name of others) harness.drop(name, good);
    await harness.land();
    expect(harness.names()).toEqual([...others].sort());
  });

  it('is known by its name however that is written, and a workbook is refused under its own', async () => {
    const workbook = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(60)]);
    harness.drop('REVIEW_20260503_801.CSV', good);
    harness.drop('review_20260503_802.tsv', good.replaceAll(',', '\t'));
    harness.drop('review_20260503_803.xlsx', workbook);
    await harness.land();
    expect(harness.names('done')).toEqual(
      expect.arrayContaining(['REVIEW_20260503_801.CSV', 'review_20260503_802.tsv', 'review_20260503_802.result.csv']),
    );
    expect(harness.names('quarantine')).toContain('review_20260503_803.xlsx');
  });

  it('without rows is landed, which brings nothing, and its day has come, each time that it comes', async () => {
    expect(await landed(`${header}\r\n`)).toEqual({ where: 'done', lines: [] });
    for (const day of ['20260601', '20260602']) {
      harness.drop(`review_${day}_001.csv`, `${header}\r\n`);
      await harness.land();
      expect(await reviewsHaveLanded(day)).toBe(true);
    }
    expect(await reviewsHaveLanded('20260603')).toBe(false);
  });

  it('of a day before, sent once more as that of another, is no data of that', async () => {
    await landed(csv([approves('a', { sourceRowKey: 'once' })]));
    harness.drop('review_20260604_001.csv', csv([approves('a', { sourceRowKey: 'once' })]));
    await harness.land();
    expect(await reviewsHaveLanded('20260604')).toBe(false);
  });
});

describe('receiving', () => {
  const folder = mkdtempSync(join(tmpdir(), 'receive-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const harness = new LandingHarness();
  const offered = async (): Promise<Offer> => {
    const [offer] = await directorySource(harness.dir, createLog({ level: 'silent' }), () => 0).offers();
    if (offer === undefined) throw new Error('nothing is offered');
    return offer;
  };

  it('stops an archive that unpacks to more than is taken', async () => {
    harness.drop('review_20260503_001.csv.gz', gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a,')));
    await expect(receive(await offered(), folder, 1024 * 1024)).rejects.toMatchObject({
      code: 'file.refused',
      details: { why: 'it is larger than 1 MB unpacked' },
    });
    rmSync(join(harness.dir, 'review_20260503_001.csv.gz'));
  });

  it('leaves alone what changes while it is read, also what is broken only as yet', async () => {
    harness.drop(NAME, good);
    const offer = await offered();
    const growing = (text: string): Offer => ({
      ...offer,
      read() {
        appendFileSync(join(harness.dir, NAME), text);
        return offer.read();
      },
    });
    expect(await receive(growing('more\r\n'), folder)).toBeUndefined();
    expect(await receive({ ...growing('\n'), zipped: true }, folder)).toBeUndefined();
    expect(await receive(offer, folder)).toBeDefined();
  });
});

it('what has the name of a file and is none is said once', async () => {
  const harness = new LandingHarness();
  harness.drop(NAME, good);
  mkdirSync(join(harness.dir, 'review_20260504.csv'));
  symlinkSync(join(harness.dir, NAME), join(harness.dir, 'review_20260505.csv'));
  const said: unknown[] = [];
  const log = { ...createLog({ level: 'silent' }), warn: (what: unknown) => void said.push(what) };
  const source = directorySource(harness.dir, log as unknown as Logger, () => 0);
  for (const _ of [1, 2]) expect((await source.offers()).map(({ name }) => name)).toEqual([NAME]);
  expect(said).toEqual([
    { file: 'review_20260504.csv', is: 'a folder' },
    { file: 'review_20260505.csv', is: 'a link' },
  ]);
});

it('a name says what a file holds, of which day', () => {
  expect(parseFileName('inspection-tasks_20260503_012.csv.gz')).toEqual({
    name: 'inspection-tasks_20260503_012.csv.gz',
    kind: 'inspection-tasks',
    day: '20260503',
    sequence: 12,
    zipped: true,
  });
  expect(parseFileName('review_20261301.csv')).toBeUndefined();
  expect(parseFileName('review_20260503.csv.zip')).toBeUndefined();
});

it('a result line shows a cell as it is: no formula, nothing out of its place', () => {
  expect(resultLine({ line: 2, key: '=1+1', outcome: 'applied' })).toBe("2,'=1+1,applied,\r\n");
  expect(resultLine({ line: 3, key: 'a,"b"\r\nc', outcome: 'malformed', reason: '@x' })).toBe(
    '3,"a,""b""\r\nc",malformed,\'@x\r\n',
  );
});
