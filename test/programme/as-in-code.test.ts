import { expect, it } from 'vitest';
import { messagesOf } from '../../cards/text.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { DOUBT_CLAUSES, VIOLATION_CLAUSES } from '../../src/domain/policy.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

/*
 * The shipped file says what the code says. It goes, piece by piece, with the constants that it is held against.
 */

const programme = shippedProgramme();

it('what checks find has the clauses of the code', () => {
  const clauses = { ...VIOLATION_CLAUSES, ...DOUBT_CLAUSES, sitesUsedUp: 'P1' };
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
