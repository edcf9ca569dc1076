import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothRules, codeHash, codeWithHash, type ReadCode, readPayload, readTyped } from '../../src/domain/code.ts';
import { codeRulesOf } from '../../src/programme/code-rules.ts';
import { MARKETING_CODE_FLOW, PRIMARY_POSM_FLOW, programmeOf, withChange } from '../support/shipped-programme.ts';

const SERIAL = 'ABCD2345WXYZ';
const URL = `https://qr.alipayplus.example/m/${SERIAL}`;
const CODE = { codeId: SERIAL, canonicalUrl: URL, short: 'WXYZ' };
const { codes: RULES } = MARKETING_CODE_FLOW;

/** The shipped programme with a second pattern before or after its own, which Marketing Codes count by or not. */
function withPattern(line: string, { counts, isFirst = false }: { counts: boolean; isFirst?: boolean }) {
  const place = isFirst ? / {2}patterns:\n {4}- id/ : / {2}foreign:\n/;
  const text = isFirst ? `  patterns:\n    - ${line}\n    - id` : `    - ${line}\n  foreign:\n`;
  let files = withChange('programme.yaml', place, text);
  if (counts)
    files = withChange('programme.yaml', 'patterns: [marketing-code]', 'patterns: [marketing-code, other]', files);
  return codeRulesOf(programmeOf(files), 'MARKETING_CODE');
}
const OTHER =
  '{ id: other, qr: "^AP:(?<serial>[a-z0-9]{6})$", typed: "^(?<serial>[a-z0-9]{6})$", canonical: "AP:{serial}" }';

describe('a decoded payload', () => {
  it.each([URL, ` ${URL}\n`, `${URL}/`, URL.toUpperCase(), URL.toLowerCase()])('%j counts', (payload) => {
    expect(readPayload(payload, RULES)).toEqual({ kind: 'ours', code: CODE });
  });

  it.each([
    SERIAL,
    `http://qr.alipayplus.example/m/${SERIAL}`,
    `https://qr.alipayplus.example.evil/m/${SERIAL}`,
    `https://evil.example/?${URL}`,
    `https://qr.alipayplus.example/m/${SERIAL}A`,
    `${URL}?next=https://evil.example`,
    `https://qr-alipayplus.example/m/${SERIAL}`,
    'javascript:alert(1)',
    '\u0000\u0001\u0002\u00ff',
    'x'.repeat(8_000),
  ])('%# is one that nobody knows, and one code by all that it says', (payload) => {
    const read = readPayload(payload, RULES);
    expect(read).toMatchObject({ kind: 'unknown', code: { canonicalUrl: payload, unknown: true } });
    expect(read.kind === 'unknown' && read.code.codeId).toMatch(/^~[0-9a-f]{12}$/);
  });

  it.each([
    ['00020101021226', 'paymentCode'],
    ['HTTPS://QR.ALIPAY.COM/abc', 'paymentCode'],
    ['wxp://f2f0abc', 'paymentCode'],
    ['https://www.paypal.com/qrcodes/x', 'walletLink'],
    ['https://u.wechat.com/x', 'chatLink'],
    ['https://line.me/ti/p/x', 'chatLink'],
  ])('%j is known to be something else', (payload, says) => {
    expect(readPayload(payload, RULES)).toEqual({ kind: 'foreign', says });
    expect(readTyped(payload, RULES)).toEqual({ kind: 'foreign', says });
  });

  it.each(['', ' \n', 'x'.repeat(10_000_000), undefined, null, {}])('%# is nothing', (payload) => {
    expect(readPayload(payload, RULES)).toEqual({ kind: 'nothing' });
  });

  it('that counts for another product is told apart from one that nobody knows', () => {
    const rules = withPattern(OTHER, { counts: false });
    expect(readPayload('AP:abc123', rules)).toEqual({ kind: 'foreign', says: 'otherProduct' });
    expect(readPayload(URL, PRIMARY_POSM_FLOW.codes)).toEqual({ kind: 'foreign', says: 'otherProduct' });
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
  ])('%j counts', (typed) => {
    expect(readTyped(typed, RULES)).toEqual({ kind: 'ours', code: CODE });
  });

  it.each([
    ['FELD0ABCDE23', 'FELDOABCDE23'],
    ['feld 0abc de2i', 'FELDOABCDE2I'],
    ['1NN0-2345-WX01', 'INNO2345WXOI'],
  ])('%j has letters for what looks like them', (typed, codeId) => {
    expect(readTyped(typed, RULES)).toMatchObject({ kind: 'ours', code: { codeId } });
  });

  it('keeps a 0 and a 1 as they are where a pattern has them, and guesses neither where two readings are left', () => {
    const own =
      '{ id: other, qr: "^AP:(?<serial>[a-z0-9]{6})$", typed: "^(?<serial>[a-z0-9]{6})$", canonical: "AP:{serial}" }';
    expect(readTyped('ab01cd', withPattern(own, { counts: true }))).toMatchObject({ code: { codeId: 'ab01cd' } });
    const either =
      '{ id: other, qr: "^AP:(?<serial>[A-Z0]{6}|[A-Z1]{6})$", typed: "^(?<serial>[A-Z0]{6}|[A-Z1]{6})$", canonical: "AP:{serial}" }';
    expect(readTyped('AB01CD', withPattern(either, { counts: true })).kind).toBe('unknown');
  });

  it.each(['', '2345', 'ABCD2345WX1', 'ABCD2345WXY00', `${SERIAL}A`, 'สวัสดีครับสวัส', '-'.repeat(7_999), 7])(
    '%# does not',
    (typed) => {
      expect(readTyped(typed, RULES).kind).toMatch(/^(?:unknown|nothing)$/);
    },
  );
});

describe('several patterns', () => {
  it('each count as they are written, where its own case matters', () => {
    const rules = withPattern(OTHER, { counts: true });
    const code = { codeId: 'abc123', canonicalUrl: 'AP:abc123', short: 'c123' };
    expect(readPayload('AP:abc123', rules)).toEqual({ kind: 'ours', code });
    expect(readTyped('abc-123', rules)).toEqual({ kind: 'ours', code });
    expect(readTyped('ABC123', rules).kind).toBe('unknown');
    expect(readTyped(SERIAL, rules)).toEqual({ kind: 'ours', code: CODE });
  });

  it('that read the same are one code, by the first of them', () => {
    const wider =
      '{ id: other, qr: "^https://qr.alipayplus.example/m/(?<serial>.{12})$", canonical: "wider:{serial}" }';
    const first = withPattern(wider, { counts: true, isFirst: true });
    expect(readPayload(URL, first)).toMatchObject({ code: { canonicalUrl: `wider:${SERIAL}` } });
    const last = withPattern(wider, { counts: true });
    expect(readPayload(URL, last)).toMatchObject({ code: CODE });
  });

  it('of two versions count together, and what one accepts the other need not know', () => {
    const later = withPattern(OTHER, { counts: true });
    const both = bothRules(later, RULES);
    expect(readPayload('AP:abc123', both).kind).toBe('ours');
    expect(readPayload(URL, both)).toEqual({ kind: 'ours', code: CODE });
    expect(codeWithHash(SERIAL, codeHash(CODE), both.patterns)).toEqual(CODE);
    expect(codeWithHash(SERIAL, codeHash({ canonicalUrl: 'gone' }), both.patterns)).toBeUndefined();
  });
});

it('reads any input without throwing, and what it takes has the shape of a serial', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.webUrl()), (input) => {
      const reads: readonly ReadCode[] = [readPayload(input, RULES), readTyped(input, RULES)];
      for (const read of reads) if (read.kind === 'ours') expect(read.code.codeId).toMatch(/^[A-Z2-9]{12}$/);
    }),
  );
});

it('every serial survives being written with spaces and dashes, in either case', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z2-9]{12}$/), fc.constantFrom(' ', '-', ''), (serial, gap) => {
      const spaced = serial.toLowerCase().replace(/(.{4})/g, `$1${gap}`);
      expect(readTyped(spaced, RULES)).toMatchObject({ code: { codeId: serial, short: serial.slice(-4) } });
    }),
  );
});

it('one code has one hash, another one another; that of a code which an earlier release bound stays', () => {
  expect(codeHash(CODE)).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash(CODE)).not.toBe(codeHash({ canonicalUrl: `${URL}A` }));
  expect(codeHash(CODE)).toBe('e9f2676d6e1b9010137611a679b8314c1d4e1e28aaddb0793d757c19db01dc6d');
});
