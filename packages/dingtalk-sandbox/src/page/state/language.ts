/** Letters that tell their language. */
const LETTERS = {
  th: /\p{Script=Thai}/gu,
  ko: /\p{Script=Hangul}/gu,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  zh: /\p{Script=Han}/gu,
} as const;
/** Letters with two marks, or with marks that no other language of the page has. */
const VIETNAMESE = /[ăđơưạ-ỹ]/iu;
/** Frequent letters that China and Hong Kong write in different ways. */
const SIMPLIFIED =
  /[们这个来时发现问题开关门样说话点进过还选择实际经让请认证码张页应该记录级权单处图边写换线统电动传员务队须费货买卖报东车长书学无万与币]/u;
const TRADITIONAL =
  /[們這個來時發現問題開關門樣說話點進過還選擇實際經讓請認證碼張頁應該記錄級權單處圖邊寫換線統電動傳員務隊須費貨買賣報東車長書學無萬與幣]/u;

/**
 * The language a text is written in, as far as its letters tell: for fonts, line breaks and screen readers. A name of another language
 * in it does not count.
 */
export function languageOf(text: string): string | undefined {
  const count = (of: keyof typeof LETTERS): number => text.match(LETTERS[of])?.length ?? 0;
  const [kana, han] = [count('ja'), count('zh')];
  // a third of Japanese and more is kana
  const isJapanese = kana > 0 && kana * 2 >= han;
  const east = isJapanese ? 'ja' : chinese(text);
  const counts = [
    ['th', count('th')],
    ['ko', count('ko')],
    [east, han + (isJapanese ? kana : 0)],
  ] as const;
  const [[tag, most]] = counts.toSorted(([, one], [, other]) => other - one) as [(typeof counts)[number]];
  if (most > 0) return tag;
  return VIETNAMESE.test(text) ? 'vi' : undefined;
}

function chinese(text: string): 'zh-CN' | 'zh-HK' {
  return TRADITIONAL.test(text) && !SIMPLIFIED.test(text) ? 'zh-HK' : 'zh-CN';
}
