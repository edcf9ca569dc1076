import { escapeMarkdown } from '../markdown.ts';
import type { T } from '../text.ts';

/** What a reviewer wrote, and in which language, as far as the row says. */
export interface Words {
  readonly text: string;
  /** BCP 47. */
  readonly language?: string | undefined;
}

/** `“No photo shows it.” (English)`: word for word, as markdown; the language only where it is not the reader's. */
export function quotedWords(t: T, { text, language }: Words): string {
  const quoted = t('words.quoted', { words: escapeMarkdown(text) });
  return language === undefined || language === t.language ? quoted : `${quoted} (${languageName(t, language)})`;
}

function languageName(t: T, language: string): string {
  try {
    return new Intl.DisplayNames(t.language, { type: 'language' }).of(language) ?? language;
  } catch {
    return escapeMarkdown(language);
  }
}
