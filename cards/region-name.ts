import { type Language, LOCALES } from '../src/domain/languages.ts';

/** `UK`, `A.S`, `สหรัฐฯ`: cut short, while all others stand in full. */
const CUT_SHORT = /^[\p{Lu}.]+$|ฯ$/u;
/** What Mainland China writes with the country before it, all three alike. */
const WITH_COUNTRY = ['HK', 'MO', 'TW'];

/** What a country or region is commonly called, in the way in which the same people write dates: `Hong Kong`, `香港`, `中国香港`. */
export function regionName(language: Language, code: string): string {
  const nameOf = (style: 'short' | 'long'): string =>
    new Intl.DisplayNames(LOCALES[language], { type: 'region', style }).of(code) ?? code;
  const [short, long] = [nameOf('short'), nameOf('long')];
  if (language === 'zh-CN' && WITH_COUNTRY.includes(code)) return short.replace(/^(?!中国)/, '中国');
  return CUT_SHORT.test(short) ? long : short;
}
