import { LANGUAGE_NAMES, type Language } from '../../src/domain/languages.ts';
import { plain, primary } from '../buttons.ts';
import { type T, translator } from '../text.ts';
import type { CardView } from '../view.ts';

export interface LanguageOfferModel {
  /** What the person wrote in. */
  readonly offered: Language;
  /** They have chosen, that or another one. */
  readonly settled: boolean;
}

/** Somebody wrote in another language than that of their cards: whether to go on in it, said in both. */
export function languageOffer({ offered, settled }: LanguageOfferModel, t: T): CardView {
  const title = t('language.title');
  if (settled || offered === t.language) return { title, body: [t('line.languageChosen')], actions: [] };
  return {
    title,
    body: [translator(offered), t].map((reader) => reader('languageOffer.asks', { name: nameOf(offered, reader) })),
    actions: [
      primary(LANGUAGE_NAMES[offered], 'language.switch', { language: offered }),
      plain(`✓ ${LANGUAGE_NAMES[t.language]}`, 'language.stay'),
    ],
  };
}

/** What a reader calls a language: of Chinese, which way to write it. */
function nameOf(language: Language, reader: T): string {
  const { language: code, script } = new Intl.Locale(language).maximize();
  const tag = code === 'zh' ? `${code}-${script}` : code;
  return new Intl.DisplayNames(reader.language, { type: 'language' }).of(tag) ?? LANGUAGE_NAMES[language];
}
