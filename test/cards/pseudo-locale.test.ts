import { describe, expect, it } from 'vitest';
import { toCardParams } from '../../cards/params.ts';
import type { CardView } from '../../cards/view.ts';
import { type FaceName, render } from '../../cards/views.ts';
import { LANGUAGE_NAMES } from '../../src/domain/languages.ts';
import { EXAMPLES } from './examples.ts';
import { isWhole, OFFICIAL_NAMES, pseudoTexts, RIGHT_TO_LEFT, SEEN } from './pseudo-locale.ts';

interface Face {
  readonly label: string;
  readonly model: unknown;
  readonly view: CardView;
}

/** Every face in it. */
function drawnIn(around: typeof SEEN): readonly Face[] {
  const t = pseudoTexts(around);
  return (Object.keys(EXAMPLES) as FaceName[]).flatMap((name) =>
    Object.entries(EXAMPLES[name]).map(([face, model]) => {
      return { label: `${name} ${face}`, model, view: render(name, model as never, t) };
    }),
  );
}

/** What a person reads of a card. */
function textsOn(view: CardView): readonly string[] {
  const { form, table, chart, facts = [], images = [] } = view;
  return [
    view.title,
    view.tag?.text,
    view.progress?.text,
    view.alert,
    ...(view.body ?? []),
    ...facts.flatMap(({ label, value }) => [label, value]),
    ...images.map(({ alt }) => alt),
    ...(table?.columns ?? []),
    ...(table?.rows ?? []).flat(),
    ...(chart?.points ?? []).flatMap(({ x, series }) => [x, series]),
    ...(form?.fields ?? []).flatMap(({ label, placeholder, requiredMessage, options = [] }) => [
      label,
      placeholder,
      requiredMessage,
      ...options.map(({ text }) => text),
    ]),
    form?.submitLabel,
    form?.mistake,
    ...view.actions.map(({ label }) => label),
    view.note,
  ].filter((text) => text !== undefined);
}

/** Every text in the model of a card: what people typed, names, ids. */
function dataIn(model: unknown): readonly string[] {
  if (typeof model === 'string') return [model];
  if (Array.isArray(model)) return model.flatMap(dataIn);
  if (model instanceof Map) return dataIn([...model]);
  return model instanceof Object ? Object.values(model).flatMap(dataIn) : [];
}

/** Words that a text has in letters without an accent, each with the mark of what was cut, where it was. */
const plainWords = (text: string): readonly string[] =>
  text.replaceAll(/\]\([^)]*\)/g, ']').match(/[a-z]{2,}…?/gi) ?? [];

/** Whether a word stands in the data, or is what is left of one that was cut. */
function isData(word: string, data: readonly string[]): boolean {
  const letters = word.replace('…', '');
  return data.some((one) => (word.endsWith('…') ? one.includes(letters) : plainWords(one).includes(letters)));
}

const seen = drawnIn(SEEN);
/** How far something is, as Intl writes it. */
const UNITS = ['km'];
/** What every language has in the same letters. */
const ALWAYS_DATA = [...Object.values(LANGUAGE_NAMES), ...OFFICIAL_NAMES, ...UNITS];

/** Of every face the texts in which something is wrong. */
function wrongIn(
  faces: readonly Face[],
  isWrong: (text: string, data: readonly string[]) => boolean,
): readonly string[] {
  return faces.flatMap(({ label, model, view }) => {
    const data = [...dataIn(model), ...ALWAYS_DATA];
    return textsOn(view)
      .filter((text) => isWrong(text, data))
      .map((text) => `${label}: ${text}`);
  });
}

describe('every card in a language that nobody speaks', () => {
  it('says nothing that is neither a text of ours nor data', () => {
    expect(wrongIn(seen, (text, data) => plainWords(text).some((word) => !isData(word, data)))).toEqual([]);
  });

  it('has nothing put side by side but as its language does: no comma and no space between texts stands in the code', () => {
    const joined = wrongIn(seen, (text, data) => {
      const put = data.filter((one) => one.includes(', ')).reduce((rest, one) => rest.replaceAll(one, ' '), text);
      return put.includes(', ') || put.includes(`${SEEN.behind} ${SEEN.before}`);
    });
    expect(joined).toEqual([]);
  });

  it.each([
    ['with marks', SEEN],
    ['from right to left', RIGHT_TO_LEFT],
  ])('is cut nowhere, though it is longer: %s', (_how, around) => {
    const cut = wrongIn(drawnIn(around), (text) => !isWhole(text, around));
    expect(cut).toEqual([]);
  });

  it('is whole on its way to DingTalk, but for titles and buttons, which are held to their width in each real language', () => {
    const params = seen.flatMap(({ label, view }) => {
      const drawn = toCardParams(view, { subject: { kind: 'person', id: 'u' }, version: 1, round: 0 }, new Map());
      const { title: _title, buttons: _buttons, ...rest } = drawn;
      return Object.entries(rest).flatMap(([name, text]) => (isWhole(text, SEEN) ? [] : [`${label} ${name}: ${text}`]));
    });
    expect(params).toEqual([]);
  });
});
