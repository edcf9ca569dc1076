/** The language a text is written in, as far as its script tells: for fonts, line breaks and screen readers. */
export function languageOf(text: string): 'th' | 'zh-CN' | undefined {
  if (/\p{Script=Thai}/u.test(text)) return 'th';
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN';
  return undefined;
}
