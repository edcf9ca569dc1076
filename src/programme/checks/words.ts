import type { ExpectedWord } from '../expected-words.ts';
import { placeholdersIn } from '../placeholders.ts';
import type { Words } from '../programme.ts';
import { textsIn } from '../word-texts.ts';
import type { Finding } from './check.ts';

/** What is wrong with the words of one language: what is missing, what belongs to nothing, what does not take what is put in. */
export function wordFindings(words: Words, expected: readonly ExpectedWord[]): readonly Finding[] {
  const written = textsIn(words);
  const known = new Map(expected.map((word) => [word.path.join('.'), word]));
  const there = new Set(written.map(({ path }) => placeOf(path).join('.')));
  const missing = expected.filter(({ path, needed }) => needed && !there.has(path.join('.')));
  return [
    ...missing.map(({ path, placeholders }): Finding => {
      const put = placeholders.length === 0 ? '' : `, with ${placeholders.map((name) => `{${name}}`).join(', ')} in it`;
      return { path, say: `is missing in this language: write it${put}` };
    }),
    ...written.flatMap(({ path, text }): readonly Finding[] => {
      const word = known.get(placeOf(path).join('.'));
      if (word === undefined)
        return [{ path, say: 'belongs to nothing in programme.yaml: remove it, or mend its name' }];
      return placeholderFindings(path, text, word);
    }),
  ];
}

/** A list of texts is one place. */
function placeOf(path: readonly (string | number)[]): readonly (string | number)[] {
  return path.filter((part) => typeof part === 'string');
}

function placeholderFindings(
  path: readonly (string | number)[],
  text: string,
  { placeholders }: ExpectedWord,
): readonly Finding[] {
  const found = placeholdersIn(text);
  if ('wrong' in found) return [{ path, say: found.wrong }];
  const lacking = placeholders.filter((name) => !found.has(name));
  const strange = [...found].filter((name) => !placeholders.includes(name));
  return [
    ...lacking.map((name) => ({ path, say: `has no {${name}} in it: write where it stands` })),
    ...strange.map((name) => ({ path, say: `has {${name}} in it, which nothing fills: remove it` })),
  ];
}
