import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MARKETING_CODE_PAYLOAD,
  MARKETING_CODE_SERIAL,
  marketingCodeHash,
  readPayload,
  readTyped,
} from '../../src/domain/marketing-code.ts';

const SERIAL = 'ABCD2345WXYZ';
const URL = `https://qr.alipayplus.example/m/${SERIAL}`;
const CODE = { codeId: SERIAL, canonicalUrl: URL, short: 'WXYZ' };

describe('a decoded payload', () => {
  it.each([URL, ` ${URL}\n`, `${URL}/`, URL.toUpperCase(), URL.toLowerCase()])('%j is ours', (payload) => {
    expect(readPayload(payload)).toEqual({ kind: 'ours', code: CODE });
  });

  it.each([
    '',
    SERIAL,
    `http://qr.alipayplus.example/m/${SERIAL}`,
    `https://qr.alipayplus.example.evil/m/${SERIAL}`,
    `https://evil.example/?${URL}`,
    `https://qr.alipayplus.example/m/${SERIAL}A`,
    `${URL}?next=https://evil.example`,
    `https://qr-alipayplus.example/m/${SERIAL}`,
    'javascript:alert(1)',
    'x'.repeat(10_000_000),
    undefined,
    null,
    {},
  ])('%# is foreign', (payload) => {
    expect(readPayload(payload)).toEqual({ kind: 'foreign' });
  });
});

describe('a typed code', () => {
  it.each([
    SERIAL,
    'abcd 2345 wxyz',
    'ABCD-2345–WXYZ',
    ' abcd2345wxyz ',
    'ＡＢＣＤ2345WXYZ',
    URL,
    `qr.alipayplus.example/m/${SERIAL}`,
  ])('%j is ours', (typed) => {
    expect(readTyped(typed)).toEqual({ kind: 'ours', code: CODE });
  });

  it.each(['', '2345', 'ABCD2345WXY1', 'ABCD2345WXY0', `${SERIAL}A`, 'สวัสดีครับสวัส', '-'.repeat(7_999), 7])(
    '%# is foreign',
    (typed) => {
      expect(readTyped(typed)).toEqual({ kind: 'foreign' });
    },
  );
});

it('reads any input without throwing, and what it takes has the shape of a serial', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.webUrl()), (input) => {
      for (const read of [readPayload(input), readTyped(input)]) {
        if (read.kind === 'ours') expect(read.code.codeId).toMatch(MARKETING_CODE_SERIAL);
      }
    }),
  );
});

it('every serial survives being written with spaces and dashes, in either case', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z2-9]{12}$/), fc.constantFrom(' ', '-', ''), (serial, gap) => {
      const spaced = serial.toLowerCase().replace(/(.{4})/g, `$1${gap}`);
      expect(readTyped(spaced)).toMatchObject({ code: { codeId: serial, short: serial.slice(-4) } });
      expect(MARKETING_CODE_PAYLOAD.test(`https://qr.alipayplus.example/m/${serial}`)).toBe(true);
    }),
  );
});

it('one code has one hash, another one another', () => {
  expect(marketingCodeHash(CODE)).toMatch(/^[0-9a-f]{64}$/);
  expect(marketingCodeHash(CODE)).not.toBe(marketingCodeHash({ canonicalUrl: `${URL}A` }));
});
