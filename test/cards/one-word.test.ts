import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messagesOf, translator } from '../../cards/text.ts';
import {
  partAsked,
  photoInLine,
  photoNext,
  photoReplaces,
  photoShows,
  slotMissing,
  slotName,
} from '../../cards/vocabulary.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { glossaryOf } from '../support/texts/glossary.ts';
import { PLACES } from '../support/texts/places.ts';
import { drawnInAll } from './drawn.ts';

/** English says one thing in one word by its list of words; the others, by their glossaries. */
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

/** Every text of a language: of cards, of the programme, and of the demo's page, which stands beside them, its file as it is. */
function saidIn(language: Language): [place: string, text: string][] {
  const page = readFileSync(PLACES.page(language), 'utf8').split('\n');
  return [
    // what people write is theirs
    ...Object.entries(messagesOf(language)).filter(([key]) => key !== 'word.often'),
    ...Object.entries(SHIPPED_WORDS.get(language) ?? {}),
    ...page.map((line, index): [string, string] => [`page:${index + 1}`, line]),
  ];
}

it.each(OTHERS)('says one thing with one word: %s', (language) => {
  const said = saidIn(language);
  const { twins } = glossaryOf(language);
  expect(twins.length).toBeGreaterThan(3);
  const twice = twins.flatMap(({ twin, instead }) =>
    said.flatMap(([place, text]) => {
      const found = twin.exec(text)?.[0];
      return found === undefined ? [] : [`${place}: ${found}, where ${instead.join()} is said elsewhere`];
    }),
  );
  expect(twice).toEqual([]);
  // what is to be said instead is said
  const unsaid = twins.flatMap(({ instead }) =>
    instead.filter((word) => !said.some(([, text]) => text.toLowerCase().includes(word.toLowerCase()))),
  );
  expect(unsaid).toEqual([]);
});

it.each(LANGUAGES)(
  'calls a photo of a spot by its one name, from the list of what to send to what is missing: %s',
  (language) => {
    const t = translator(language, SHIPPED_WORDS);
    const called = ['MARKETING_CODE', 'PRIMARY_POSM', 'RED_PACKET'].flatMap((product) =>
      ['context', 'closeup'].map((slot) => ({
        name: slotName(t, slot).toLowerCase(),
        said: [
          ...[photoShows, photoInLine, photoNext].map((words) => words(t, product, slot)),
          ...[photoReplaces, slotMissing, partAsked].map((words) => words(t, slot)),
        ],
      })),
    );
    expect(called.flatMap(({ name, said }) => said.filter((one) => !one.toLowerCase().includes(name)))).toEqual([]);
  },
);

it.each(LANGUAGES)(
  'calls the button that changes a part by another word than Modify, also where it is spoken of: %s',
  (language) => {
    const t = translator(language, SHIPPED_WORDS);
    expect(t('button.change')).not.toContain(t('button.modify'));
    expect(t('note.photoNotNeeded')).toMatch(new RegExp(`[“「]${t('button.change')}[”」]`));
  },
);

it('leads from every step of a job to the next by one word, and back to what is open by another', () => {
  const labels = (
    of: (drawn: ReturnType<typeof drawnInAll>[number]) => readonly (string | undefined)[],
    language: string,
  ) =>
    new Set(
      drawnInAll()
        .filter((drawn) => drawn.language === language)
        .flatMap(of)
        .filter((label) => label !== undefined),
    );
  for (const language of LANGUAGES) {
    const t = translator(language, SHIPPED_WORDS);
    const answers = ['promotion.answer', 'inspection.answer'];
    const steps = labels(
      ({ view: { form } }) => [form && answers.includes(form.action) ? form.submitLabel : undefined],
      language,
    );
    expect([...steps]).toEqual([t('button.next')]);
    const open = ['MODIFYING', 'APPEALING', 'correcting'];
    const back = labels(
      ({ face, view }) =>
        view.actions.filter(({ style }) => style === 'primary' && open.includes(face)).map(({ label }) => label),
      language,
    );
    expect([...back]).toEqual([t('button.resume')]);
  }
});
