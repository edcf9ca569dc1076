import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { widthOf } from '../../../cards/width.ts';
import { textsIn } from '../../../src/programme/word-texts.ts';
import { glossaryOf, glossaryTerms } from './glossary.ts';
import { placeholders } from './placeholders.ts';
import { LISTS, PLACES } from './places.ts';

export interface Finding {
  readonly file: string;
  /** `button.send: is 23 wide, 20 at most`. */
  readonly says: string;
}

type Texts = Readonly<Record<string, string>>;

const BUTTON = 20;
/** Texts longer than this are hardly ever the same in two languages. */
const LONGER = 20;
/** Words that a language may leave out, where what cards say without them reads well (docs/programme.md). */
const OF_THEMSELVES = /^slots\.\w+\.(?:title|missing|replaces)$/;
/** Of those this many in a hundred may be English: names, and what everybody says in English. */
const MOST_ENGLISH = 5;

/** What is missing or wrong in the texts of a language below `root`, place by place, file by file; whether it is in use already or not. */
export function findingsOf(tag: string, root = '.'): readonly Finding[] {
  return [listed, inCards, inProgramme, inPage, inGlossary].flatMap((look) => look(tag, root));
}

export function textsOfCards(tag: string, root = '.'): Texts {
  return JSON.parse(readFileSync(join(root, PLACES.cards(tag)), 'utf8')) as Texts;
}

export function textsOfProgramme(tag: string, root = '.'): Texts {
  const written: unknown = parse(readFileSync(join(root, PLACES.programme(tag)), 'utf8'), { merge: true });
  return Object.fromEntries(textsIn(written).map(({ path, text }) => [path.join('.'), text]));
}

function listed(tag: string, root: string): Finding[] {
  return Object.entries(LISTS).flatMap(([file, line]) =>
    line(tag).test(readFileSync(join(root, file), 'utf8')) ? [] : [{ file, says: `does not list ${tag}` }],
  );
}

function inCards(tag: string, root: string): Finding[] {
  return inFile(root, PLACES.cards(tag), () => {
    const [english, own] = [textsOfCards('en', root), textsOfCards(tag, root)];
    const wide = Object.entries(own).flatMap(([key, text]) =>
      key.startsWith('button.') && least(text) > BUTTON
        ? [`${key}: is ${least(text)} wide, ${BUTTON} at most: ${text}`]
        : [],
    );
    return [...comparedWith(english, own), ...wide, ...tooEnglish(tag, english, own)];
  });
}

/** How wide a text is with a digit in its places; of one that has a choice the cards tell. */
function least(text: string): number {
  return /, (?:plural|select)/.test(text) ? 0 : widthOf(text.replaceAll(/\{\w+\}/g, '1'));
}

function inProgramme(tag: string, root: string): Finding[] {
  return inFile(root, PLACES.programme(tag), () => {
    const [english, own] = [textsOfProgramme('en', root), textsOfProgramme(tag, root)];
    return [...comparedWith(english, own, OF_THEMSELVES), ...tooEnglish(tag, english, own)];
  });
}

/** What the words themselves take and give, the types and tests of the page say. */
function inPage(tag: string, root: string): Finding[] {
  const keysOf = (file: string): string[] => [
    ...(readFileSync(join(root, file), 'utf8').match(/(?<=^ +)(?:'[^']+'|"[^"]+"|\w+)(?=:)/gm) ?? []),
  ];
  return inFile(root, PLACES.page(tag), () => {
    const [english, own] = [keysOf(PLACES.page('en')), keysOf(PLACES.page(tag))];
    return [
      ...english.filter((key) => !own.includes(key)).map((key) => `${key}: is missing`),
      ...own.filter((key) => !english.includes(key)).map((key) => `${key}: there is no such key`),
    ];
  });
}

function inGlossary(tag: string, root: string): Finding[] {
  if (tag === 'en') return [];
  return inFile(root, PLACES.glossary(tag), () => {
    const { fixed, ours } = glossaryTerms(root);
    const { words, tone, name } = glossaryOf(tag, root);
    const terms = [...fixed, ...ours];
    return [
      ...terms.filter((term) => (words.get(term) ?? '') === '').map((term) => `${term}: is missing`),
      ...[...words.keys()].filter((term) => !terms.includes(term)).map((term) => `${term}: there is no such word`),
      ...(name === '' ? ['has no heading with the name of the language'] : []),
      ...(tone === '' ? ['says no tone: a line that begins with "Tone. "'] : []),
    ];
  });
}

function inFile(root: string, file: string, look: () => readonly string[]): Finding[] {
  if (!existsSync(join(root, file))) return [{ file, says: 'is not there' }];
  return look().map((says) => ({ file, says }));
}

function comparedWith(english: Texts, own: Texts, mayLack = /(?!)/): string[] {
  return [
    ...Object.keys(english).flatMap((key) => (key in own || mayLack.test(key) ? [] : [`${key}: is missing`])),
    ...Object.entries(own).flatMap(([key, text]) => {
      const source = english[key];
      if (source === undefined) return [`${key}: there is no such key`];
      if (text.trim() === '') return [`${key}: is empty`];
      return otherPlaces(key, source, text);
    }),
  ];
}

function otherPlaces(key: string, source: string, text: string): string[] {
  try {
    const [wanted, has] = [placeholders(source).join(), placeholders(text).join()];
    return wanted === has ? [] : [`${key}: takes {${has}}, and English {${wanted}}`];
  } catch (error) {
    return [`${key}: cannot be read (${error instanceof Error ? error.message : error}): ${text}`];
  }
}

function tooEnglish(tag: string, english: Texts, own: Texts): string[] {
  if (tag === 'en') return [];
  const longer = Object.entries(own).filter(([, text]) => [...text].length > LONGER);
  const same = longer.filter(([key, text]) => english[key] === text);
  if (same.length <= Math.max(1, (longer.length * MOST_ENGLISH) / 100)) return [];
  return [
    `${same.length} of ${longer.length} longer texts are English, ${MOST_ENGLISH} in a hundred at most: ${same.map(([key]) => key).join(', ')}`,
  ];
}
