import { effect } from '@preact/signals';
import { known, type LanguageTag, language, preferred } from './words.ts';

const KEY = 'page-language';

/** Chooses what the page speaks, in this browser's other tabs too. */
export function speak(tag: LanguageTag): void {
  language.value = tag;
  localStorage.setItem(KEY, tag);
}

/**
 * Speaks what was chosen in this browser, else the first of the browser's languages that the page knows, and follows what another tab
 * chooses.
 */
export function followLanguage(): void {
  language.value = known(localStorage.getItem(KEY)) ?? preferred(navigator.languages);
  effect(() => {
    document.documentElement.lang = language.value;
  });
  addEventListener('storage', ({ key, newValue }) => {
    const chosen = key === KEY ? known(newValue) : undefined;
    if (chosen !== undefined) language.value = chosen;
  });
}
