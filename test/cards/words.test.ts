import { expect, it } from 'vitest';
import { commandWord, everyWord, languageNamed, nearlyCommandWord } from '../../cards/words.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../src/domain/languages.ts';

/** What people write in shops all day: none of it may be taken for a word of ours. */
const SHOP_WORDS =
  `coffee tea noodles rice chicken pork beef fish shrimp soup salad bread cake dessert juice water beer wine milk sugar
salt pepper sauce spicy fried boiled grilled lunch dinner breakfast brunch snack drinks fruit mango banana durian coconut papaya orange
kitchen counter cashier entrance window table wall shelf queue kiosk door mirror corner upstairs downstairs basement parking toilet
manager owner staff waiter cook clerk guard boss sister brother uncle auntie customer tourist guest driver friend family
open closed opening closing morning evening tonight tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday holiday
cash card wallet payment paid refund receipt change coins notes price discount promo promotion campaign points coupon voucher
sticker stand poster hanger acrylic banner display sign logo code scanner printer cable screen machine terminal charger battery signal
pharmacy hotel hostel market bakery salon massage laundry tailor jewelry souvenir fashion shoes phone repair garage petrol station temple
street road soi avenue plaza mall tower floor building room unit branch centre corner lane bridge river beach island airport harbour
yes okay sure maybe later done ready sent again wrong right broken missing dirty clean small large front back-side menus helper backs
chine thailand englishman languid lounge tha thi shai mens mend memo held helm hell yelp pack rack beck bank barks black`
    .split(/\s+/u)
    .filter((word) => word !== '');

it('knows the words in every language, whatever stands around them', () => {
  for (const typed of ['menu', ' MENU. ', '/menu', '“Menu”', 'ＭＥＮＵ', 'เมนู', '菜单！'])
    expect(commandWord(typed)).toBe('menu');
  for (const typed of ['language', 'ภาษา', '语言']) expect(commandWord(typed)).toBe('language');
  for (const typed of ['Hi!', 'good morning', 'สวัสดีครับ', '你好。']) expect(commandWord(typed)).toBe('hello');
});

it('knows each language by its own name and by what the others call it', () => {
  for (const typed of ['English', 'อังกฤษ', 'ภาษาอังกฤษ', '英语']) expect(languageNamed(typed)).toBe('en');
  for (const typed of ['ไทย', 'thai', 'ภาษาไทย', '泰语']) expect(languageNamed(typed)).toBe('th');
  for (const typed of ['简体中文', '中文', 'Chinese', 'จีน']) expect(languageNamed(typed)).toBe('zh-CN');
});

it.each([
  ['langauge', 'language'],
  ['languge', 'language'],
  ['lamguage', 'language'],
  ['languagee', 'language'],
  ['englsih', 'languageName'],
] as const)('takes one slip in a long word: %s', (typed, word) => {
  expect(commandWord(typed)).toBeUndefined();
  expect(nearlyCommandWord(typed)).toBe(word);
});

it.each(['lagnuaeg', 'meun', 'halp', 'helo'])('takes neither two slips nor one in a short word: %s', (typed) => {
  expect(nearlyCommandWord(typed)).toBeUndefined();
});

it('takes no ordinary word of a shop for one of its own', () => {
  expect(SHOP_WORDS.length).toBeGreaterThan(200);
  const taken = SHOP_WORDS.filter((word) => commandWord(word) ?? nearlyCommandWord(word) ?? languageNamed(word));
  expect(taken).toEqual([]);
});

it('knows every language by the name that its speakers give it', () => {
  expect(LANGUAGES.map((language) => languageNamed(LANGUAGE_NAMES[language]))).toEqual(LANGUAGES);
});

it('takes no word for two things, in whichever languages', () => {
  const meanings = new Map<string, Set<string>>();
  for (const [word, meaning] of everyWord()) meanings.set(word, (meanings.get(word) ?? new Set<string>()).add(meaning));
  expect(meanings.size).toBeGreaterThan(500);
  expect([...meanings].filter(([, { size }]) => size > 1)).toEqual([]);
});

it.each([
  ['tro giup', 'help'],
  ['TRỢ GIÚP', 'help'],
  ['ngon ngu', 'language'],
  ['kembali', 'back'],
  ['bantaun', 'help'],
  ['戻る', 'back'],
  ['도움말', 'help'],
  ['選單', 'menu'],
] as const)('knows a word of any language, also without its accents: %s', (typed, word) => {
  expect(commandWord(typed) ?? nearlyCommandWord(typed)).toBe(word);
});

it.each([
  ['tieng viet', 'vi'],
  ['Bahasa Inggris', 'en'],
  ['Tagalog', 'fil'],
  ['繁體', 'zh-HK'],
  ['Traditional Chinese', 'zh-HK'],
  ['中文', 'zh-CN'],
  ['bahasa melayu', 'ms'],
  ['ภาษาเวียดนาม', 'vi'],
] as const)('knows a language by what others call it: %s', (typed, language) => {
  expect(languageNamed(typed)).toBe(language);
});
