import { type T, translator } from '../../../cards/text.ts';
import { DEFAULT_LANGUAGE, isLanguage, type Language, languageOfTag } from '../../domain/languages.ts';

/** The texts for a visitor: as chosen by `?lang=`, else as their browser asks, else `fallback`. */
export function textsFor(
  query: Readonly<Record<string, unknown>>,
  acceptLanguage: string | undefined,
  fallback: Language = DEFAULT_LANGUAGE,
): T {
  return translator(isLanguage(query.lang) ? query.lang : (preferred(acceptLanguage ?? '') ?? fallback));
}

/** The first language of an `Accept-Language` header that we have, by its weights. */
function preferred(header: string): Language | undefined {
  const asked = header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/;\s*q=/);
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .sort((a, b) => b.weight - a.weight);
  return asked.map(({ tag }) => languageOfTag(tag)).find((language) => language !== undefined);
}
