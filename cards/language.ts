import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../src/domain/languages.ts';
import type { Action } from './actions.ts';
import { menuButton, plain } from './buttons.ts';

import type { T } from './text.ts';
import type { CardAction, CardView } from './view.ts';

/** `back`: whether there is a menu to go back to; a person not yet associated has none. */
export interface LanguageModel {
  readonly back: boolean;
}

/** *Language*: one button for each language, in its own name. The title says the word in all of them. */
export function language(model: LanguageModel, t: T): CardView {
  return {
    title: t('language.title'),
    actions: [...languageButtons(t.language), ...(model.back ? [menuButton(t)] : [])],
  };
}

/** A button for each language, in its own name, the present one marked. */
export function languageButtons(present: Language, action: Action = 'language.choose'): CardAction[] {
  return LANGUAGES.map((language) => {
    const name = LANGUAGE_NAMES[language];
    return plain(language === present ? `✓ ${name}` : name, action, { language });
  });
}
