import { IntlMessageFormat } from 'intl-messageformat';
import { expect, it } from 'vitest';
import { messagesOf } from '../../cards/text.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { HARDER_WORDS, PLAIN_WORDS } from './plain-words.ts';

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The kind of a part that is words. */
const WORDS = 0;

function wordsIn(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if ('options' in part) return Object.values(part.options).flatMap(({ value }) => wordsIn(value));
    return part.type === WORDS
      ? (part.value
          .toLowerCase()
          .replaceAll('’', "'")
          .match(/\p{L}+(?:['-]\p{L}+)*/gu) ?? [])
      : [];
  });
}

/** Every word that the English texts say, with the first text that says it. */
function said(): ReadonlyMap<string, string> {
  // what people write is theirs
  const ours = Object.entries(messagesOf('en')).filter(([key]) => key !== 'word.often');
  const texts = [...ours, ...Object.entries(SHIPPED_WORDS.get('en') ?? {})];
  const found = new Map<string, string>();
  for (const [key, text] of texts) {
    for (const word of wordsIn(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst())) {
      if (!found.has(word)) found.set(word, key);
    }
  }
  return found;
}

const plain = new Set(PLAIN_WORDS.split(/\s+/));
const harder = new Set(Object.values(HARDER_WORDS).flatMap((words) => words.split(/\s+/)));

it('says in English what somebody of level A2 reads, and harder words only where one is allowed by name', () => {
  const others = [...said()].filter(([word]) => !plain.has(word) && !harder.has(word));
  expect(others.map(([word, key]) => `${word} (${key})`)).toEqual([]);
});

it('allows no word that is not said, and none twice', () => {
  const words = said();
  expect([...plain, ...harder].filter((word) => !words.has(word))).toEqual([]);
  expect([...plain].filter((word) => harder.has(word))).toEqual([]);
});
