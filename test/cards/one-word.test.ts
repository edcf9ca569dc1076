import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messagesOf } from '../../cards/text.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { TWINS } from './plain-words.ts';

/** The words of the demo's page, which stand beside those of the cards; its file as it is. */
const PAGE_WORDS = { th: 'th', 'zh-CN': 'zh' } as const;

function saidIn(language: keyof typeof TWINS): [place: string, text: string][] {
  const page = readFileSync(`packages/dingtalk-sandbox/src/page/words/${PAGE_WORDS[language]}.ts`, 'utf8').split('\n');
  return [
    ...Object.entries(messagesOf(language)),
    ...Object.entries(SHIPPED_WORDS.get(language) ?? {}),
    ...page.map((line, index): [string, string] => [`page:${index + 1}`, line]),
  ];
}

it.each(['th', 'zh-CN'] as const)('says one thing with one word: %s', (language) => {
  const said = saidIn(language);
  const twice = TWINS[language].flatMap(({ twin, instead }) =>
    said.flatMap(([place, text]) => {
      const found = twin.exec(text)?.[0];
      return found === undefined ? [] : [`${place}: ${found}, where ${instead} is said elsewhere`];
    }),
  );
  expect(twice).toEqual([]);
  // what is to be said instead is said
  for (const { instead } of TWINS[language])
    for (const word of instead.split(', '))
      expect(
        said.some(([, text]) => text.includes(word)),
        word,
      ).toBe(true);
});
