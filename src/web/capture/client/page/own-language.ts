const KEY = 'scan-language';

/**
 * Who looks was not known as the page was made, so it speaks as the browser does. It is loaded once more, in the language of whoever it turned out
 * to be and with its letters; to be asked before anything is done on it. Answers whether that is under way.
 */
export function isMadeAnew(language: string): boolean {
  if (language === document.documentElement.lang) return false;
  try {
    // once: what a phone kept of the page may speak as before
    if (sessionStorage.getItem(KEY) === language) return false;
    sessionStorage.setItem(KEY, language);
  } catch {
    return false;
  }
  location.reload();
  return true;
}
