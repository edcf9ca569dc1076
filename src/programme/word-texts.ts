import type { Language } from '../domain/languages.ts';
import type { Programme, Words } from './programme.ts';

/** A text of a file of words, and its place in it. */
interface PlacedText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Every text in a file of words. */
export function textsIn(value: unknown, path: PlacedText['path'] = []): readonly PlacedText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, [...path, index]));
  if (value instanceof Object) return Object.entries(value).flatMap(([key, one]) => textsIn(one, [...path, key]));
  return [];
}

const made = new WeakMap<ProgrammeWords, ReadonlyMap<Language, Readonly<Record<string, string>>>>();

type ProgrammeWords = Programme['words'];

/** The words of a programme by their places, `slots.closeup.name`, in each of its languages in their order. */
export function wordsByPlace({
  languages,
  words,
}: Pick<Programme, 'languages' | 'words'>): ReadonlyMap<Language, Readonly<Record<string, string>>> {
  const known = made.get(words) ?? new Map(languages.map((language) => [language, placed(words.get(language))]));
  made.set(words, known);
  return known;
}

function placed(words: Words | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(textsIn(words).map(({ path, text }) => [path.join('.'), text]));
}
