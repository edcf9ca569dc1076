import { expect, it } from 'vitest';
import { messagesOf } from '../../cards/text.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { readPayload, readTyped } from '../../src/domain/marketing-code.ts';
import { DOUBT_CLAUSES, VIOLATION_CLAUSES } from '../../src/domain/policy.ts';
import { compilePattern } from '../../src/programme/code-pattern.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

/*
 * The shipped file says what the code says. It goes, piece by piece, with the constants that it is held against.
 */

const programme = shippedProgramme();

it.each([
  'https://qr.alipayplus.example/m/ABCDEFGH2345',
  'https://qr.alipayplus.example/m/abcdefgh2345/',
  'HTTPS://QR.ALIPAYPLUS.EXAMPLE/M/ABCDEFGH2345',
  'https://qr.alipayplus.example/m/ABCDEFGH234',
  'https://qr.alipayplus.example/m/ABCDEFGH01II',
  'https://qr.alipayplus.example.evil/m/ABCDEFGH2345',
  'http://qr.alipayplus.example/m/ABCDEFGH2345',
  '00020101021226',
])('a code reads as in the code: %s', (payload) => {
  const [written] = programme.codes.patterns;
  const pattern = compilePattern(written?.qr ?? '', written?.ignoreCase ?? false);
  const serial = 'wrong' in pattern ? undefined : pattern.serialIn(payload)?.toUpperCase();
  const ours = readPayload(payload);
  expect(serial).toBe(ours.kind === 'ours' ? ours.code.codeId : undefined);
  if (ours.kind === 'ours') expect(written?.canonical.replace('{serial}', serial ?? '')).toBe(ours.code.canonicalUrl);
});

it.each(['ABCDEFGH2345', 'abcdefgh2345', 'ABCDEFGH234', 'ABCDEFGH23456', 'ABCDEFGH2301'])('typed: %s', (typed) => {
  const [written] = programme.codes.patterns;
  const pattern = compilePattern(written?.typed ?? '', written?.ignoreCase ?? false);
  const ours = readTyped(typed);
  const serial = 'wrong' in pattern ? undefined : pattern.serialIn(typed)?.toUpperCase();
  expect(serial).toBe(ours.kind === 'ours' ? ours.code.codeId : undefined);
});

it('what checks find has the clauses of the code', () => {
  const clauses = { ...VIOLATION_CLAUSES, ...DOUBT_CLAUSES };
  expect(programme.policy.findings).toEqual(
    Object.fromEntries(Object.entries(clauses).filter(([, clause]) => clause !== undefined)),
  );
});

it.each([...LANGUAGES])('what is said of a code that is none of theirs stands in the cards in %s, too', (language) => {
  const texts = messagesOf(language);
  const words = programme.words.get(language);
  if (words === undefined) throw new Error(`there are no words in ${language}`);
  expect(texts['note.codeForeign']).toContain(words.products.MARKETING_CODE?.foreignCode);
});
