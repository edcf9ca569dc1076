import { expect, it } from 'vitest';
import { messagesOf } from '../../cards/text.ts';
import { currencyOf } from '../../src/domain/currency.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { readPayload, readTyped } from '../../src/domain/marketing-code.ts';
import { DOUBT_CLAUSES, VIOLATION_CLAUSES } from '../../src/domain/policy.ts';
import {
  CANNOT_REASONS,
  newInspection,
  PAYMENT_MODES,
  PAYMENT_RESULTS,
  PAYMENT_TOOLS,
  SPOT_PROBLEMS,
  STORE_DIFFERENCES,
} from '../../src/inspection/inspection.ts';
import { DOWNLOADS } from '../../src/inspection/payment-apps.ts';
import { toolByRule } from '../../src/inspection/payment-rule.ts';
import { compilePattern } from '../../src/programme/code-pattern.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

/*
 * The shipped file says what the code says. It goes, piece by piece, with the constants that it is held against.
 */

const programme = shippedProgramme();
it('countries and regions have the currencies of the code', () => {
  for (const [market, { currency }] of Object.entries(programme.markets)) expect(currency).toBe(currencyOf(market));
});

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

it('payments and inspections have the lists of the code', () => {
  const { payments, inspection } = programme;
  const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
  expect(ids(payments.tools)).toEqual([...PAYMENT_TOOLS]);
  expect(payments.modes).toEqual([...PAYMENT_MODES]);
  expect(ids(payments.results)).toEqual([...PAYMENT_RESULTS]);
  expect(ids(inspection.differs)).toEqual([...STORE_DIFFERENCES]);
  expect(ids(inspection.problems)).toEqual([...SPOT_PROBLEMS]);
  expect(inspection.cannot).toEqual([...CANNOT_REASONS]);
  expect(Object.fromEntries(payments.tools.map(({ id, links }) => [id, links.other]))).toEqual(DOWNLOADS);
  for (const acceptsOnlyAlipay of [true, false]) {
    const rule = acceptsOnlyAlipay ? 'onlyAlipay' : 'other';
    const tool = payments.tools.find(({ when }) => when === rule)?.id;
    expect(tool).toBe(toolByRule(newInspection(), { spots: [], acceptsOnlyAlipay }));
  }
});

it.each([...LANGUAGES])('the words in %s are those of the cards', (language) => {
  const texts = messagesOf(language);
  const words = programme.words.get(language);
  if (words === undefined) throw new Error(`there are no words in ${language}`);
  const said: Record<string, string | undefined> = {};
  for (const tool of PAYMENT_TOOLS) {
    said[`name.${tool}`] = words.tools[tool]?.name;
    said[`pay.rule.${tool}`] = words.tools[tool]?.rule;
    said['pay.download'] = words.tools[tool]?.steps[0];
  }
  said['pay.login.sameAccount'] = words.tools.ALIPAY_PLUS_LINKER?.steps[1];
  for (const mode of PAYMENT_MODES) {
    said[`way.${mode}`] = words.modes[mode]?.name;
    said[`inspection.photoOf.${mode}`] = words.modes[mode]?.photo;
  }
  for (const result of PAYMENT_RESULTS) said[`option.result.${result}`] = words.results[result];
  for (const one of STORE_DIFFERENCES) said[`option.differs.${one}`] = words.inspection.differs[one];
  for (const one of SPOT_PROBLEMS) said[`option.problems.${one}`] = words.inspection.problems[one];
  for (const one of CANNOT_REASONS) said[`option.cannot.${one}`] = words.inspection.cannot[one];
  expect(said).toEqual(Object.fromEntries(Object.keys(said).map((key) => [key, texts[key]])));
  expect(texts['note.codeForeign']).toContain(words.products.MARKETING_CODE?.foreignCode);
});
