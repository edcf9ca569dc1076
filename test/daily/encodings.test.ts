import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asUtf8 } from '../../src/daily/incoming/as-utf8.ts';
import { useModels } from '../models/store.ts';
import { addIsoIn, csv, itemOf, LandingHarness, rejects, submitSpots } from './landing-harness.ts';

const THAI = 'ไม่ชัด อยู่หลังแจกัน';
const CHINESE = '放在花瓶后面,看不清€';
const GREEK = 'πίσω από το βάζο';

/** A text in an encoding that Node only reads: each character by the bytes that are read as it. */
function encoded(encoding: string, text: string): Buffer {
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const read = (bytes: readonly number[]): string =>
    new TextDecoder(encoding).decode(Buffer.from(bytes), { stream: true });
  const table = new Map<string, readonly number[]>();
  const add = (bytes: readonly number[]): void => void (table.has(read(bytes)) || table.set(read(bytes), bytes));
  for (let byte = 0; byte < 256; byte += 1) add([byte]);
  if (encoding === 'gb18030')
    for (let lead = 0x81; lead < 0xff; lead += 1) for (let trail = 0x40; trail < 0xff; trail += 1) add([lead, trail]);
  return Buffer.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`${character} is none of ${encoding}`);
      return [...bytes];
    }),
  );
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What is read of bytes that come in pieces of a size; why it is none, when they are refused. */
async function readAs(encoding: string, bytes: Buffer, size = 65_536): Promise<string> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of asUtf8(cut(bytes, size), encoding)) pieces.push(piece);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'file.refused') return `refused: ${thrown.details.why}`;
    throw thrown;
  }
  return Buffer.concat(pieces).toString('utf8');
}

describe('bytes without a byte order mark', () => {
  it.each([
    ['windows-874', THAI],
    ['gb18030', CHINESE],
    ['windows-1253', GREEK],
    ['utf-16le', `${THAI}${CHINESE}`],
    ['utf-16be', GREEK],
  ])('are read in %s where the setting says so, however they are cut', async (encoding, words) => {
    const text = `a,b\r\n1,${words}\r\n\r\n2,"${words}\n"\r\n`;
    const bytes = encoded(encoding, text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 90 }), async (size) => {
        expect(await readAs(encoding, bytes, size)).toBe(text);
      }),
    );
  });

  it.each([
    // the first is no character of windows-874, the second a half of one in GB18030
    ['windows-874', Buffer.from([0xdb]), 'line 3 is not windows-874 as INCOMING_ENCODING says'],
    ['windows-874', Buffer.from([0x81]), 'line 3 is not windows-874 as INCOMING_ENCODING says'],
    ['gb18030', Buffer.from([0xb2]), 'line 3 is not gb18030 as INCOMING_ENCODING says'],
    ['gb18030', Buffer.from([0]), 'line 3 is not gb18030 as INCOMING_ENCODING says'],
    ['utf-8', Buffer.from([0xe9]), 'line 3 is not UTF-8: save it as CSV (UTF-8) or set INCOMING_ENCODING'],
    ['utf-16le', Buffer.from([0x00, 0xd8]), 'line 3 is not utf-16le as INCOMING_ENCODING says'],
  ])('that are none of %s are refused with their line', async (encoding, wrong, why) => {
    const before = encoded(encoding, 'a,b\r\n1,2\r\n');
    const after = encoded(encoding, '\r\n3,4\r\n');
    for (const size of [1, 3, 64, 65_536]) {
      expect(await readAs(encoding, Buffer.concat([before, wrong, after]), size)).toBe(`refused: ${why}`);
      expect(await readAs(encoding, Buffer.concat([before, wrong]), size)).toBe(`refused: ${why}`);
    }
  });

  it('that are UTF-8 where the setting says otherwise mean two things, and are refused', async () => {
    const why = 'save it with a byte order mark (in table programs: CSV UTF-8)';
    const utf8 = Buffer.from('a,b\r\n1,中文\r\n', 'utf8');
    expect(await readAs('gb18030', utf8)).toBe(`refused: it is UTF-8 where INCOMING_ENCODING says gb18030: ${why}`);
    expect(await readAs('utf-16le', utf8)).toBe('refused: line 1 is not utf-16le as INCOMING_ENCODING says');
  });

  it('that are ASCII are the same in both', async () => {
    expect(await readAs('gb18030', Buffer.from('a,b\r\n1,2\r\n'))).toBe('a,b\r\n1,2\r\n');
  });

  it('without a line end for long are read all the same', async () => {
    const long = encoded('windows-874', THAI.repeat(100_000));
    expect(await readAs('windows-874', long)).toBe(THAI.repeat(100_000));
  });
});

it('a byte order mark says more than the setting', async () => {
  expect(await readAs('windows-874', Buffer.from(`\ufeff${THAI}`, 'utf8'))).toBe(`\ufeff${THAI}`);
  expect(await readAs('gb18030', Buffer.from(`\ufeff${THAI}`, 'utf16le'))).toBe(THAI);
  expect(await readAs('gb18030', Buffer.concat([Buffer.from('efbbbf61', 'hex'), Buffer.from([0x0a, 0xb2])]))).toBe(
    'refused: line 2 is not utf-8 as its byte order mark says',
  );
});

describe('a file', () => {
  useModels(undefined);
  const folder = mkdtempSync(join(tmpdir(), 'encodings-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const harness = new LandingHarness(undefined, 'windows-874');

  beforeAll(async () => {
    await addIsoIn('Asia/Bangkok');
    await submitSpots(['a', 'b']);
  });

  it('in the encoding of the setting is landed, and its result is in UTF-8', async () => {
    const rows = csv([rejects('a', { reasonText: THAI, sourceRowKey: 'แถว 1' })]);
    harness.drop('review_20260503_001.csv', encoded('windows-874', rows));
    await harness.land();
    expect(harness.results('done/review_20260503_001.result.csv')).toEqual(['2 แถว 1 applied']);
    expect((await itemOf('a')).judgement).toMatchObject({ text: THAI });
  });

  it('in another is quarantined with its line', async () => {
    const rows = encoded('windows-874', csv([rejects('b'), rejects('a', { reasonText: 'X' })]));
    rows[rows.lastIndexOf('X')] = 0xfe;
    harness.drop('review_20260503_002.csv', rows);
    await harness.land();
    expect(harness.results('quarantine/review_20260503_002.result.csv')).toEqual([
      'quarantined line 3 is not windows-874 as INCOMING_ENCODING says',
    ]);
    expect((await itemOf('b')).judgement).toBeUndefined();
  });
});
