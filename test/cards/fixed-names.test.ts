import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { textsOfCards, textsOfProgramme } from '../support/texts/check-texts.ts';
import { formsOf, glossaryOf, glossaryTerms } from '../support/texts/glossary.ts';

/** They are also what somebody does, or who somebody is, in a sentence of our own. */
const ORDINARY = ['Modify', 'Appeal', 'staff (of the ISO)', 'POSM', 'Alipay', 'staff waiting for approval (list)'];
const NAMES = glossaryTerms().fixed.filter((name) => !ORDINARY.includes(name));

function saidIn(tag: string): ReadonlyMap<string, string> {
  const cards = Object.entries(textsOfCards(tag)).map(([key, text]) => [`cards.${key}`, text] as const);
  const programme = Object.entries(textsOfProgramme(tag)).map(([place, text]) => [`programme.${place}`, text] as const);
  return new Map([...cards, ...programme]);
}

/** As a word of its own; a name with a capital is written with it. What is filled in says nothing. */
function isSaid(name: string, text: string): boolean {
  const written = name.replaceAll(/[+]/g, '\\$&');
  const flags = name === name.toLowerCase() ? 'i' : '';
  return new RegExp(`(?<![\\w+])${written}(?![\\w+])`, flags).test(text.replaceAll(/\{\w+\}/g, ''));
}

/** Where the English text has a name. */
const PLACES_OF = new Map(
  NAMES.map((name) => [name, [...saidIn('en')].flatMap(([place, text]) => (isSaid(name, text) ? [place] : []))]),
);

const plain = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase();

it.each(LANGUAGES.filter((language) => language !== 'en'))(
  'every name that is fixed is said in its official form, wherever the English text has it: %s',
  (language) => {
    expect(NAMES).toEqual(expect.arrayContaining(['Payment Verification', 'deployment fee']));
    const [said, { words }] = [saidIn(language), glossaryOf(language)];
    const wrong = NAMES.flatMap((name) => {
      const forms = formsOf(words.get(name) ?? name).map(plain);
      const isRight = (place: string): boolean => forms.some((form) => plain(said.get(place) ?? '').includes(form));
      return (PLACES_OF.get(name) ?? []).flatMap((place) => (isRight(place) ? [] : [`${place}: ${name}`]));
    });
    expect(wrong).toEqual([]);
  },
);
