import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesOf, translator } from '../../cards/text.ts';
import { commandWord, wordsIn } from '../../cards/words.ts';
import { languagesWritten } from '../../cards/written-language.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';

/** The texts of the cards in one language as somebody might write them: with a number where something is put in. */
function sentencesIn(language: Language): readonly string[] {
  return Object.entries(messagesOf(language))
    .filter(([key, text]) => !key.startsWith('word.') && !/, (?:plural|select|selectordinal),/.test(text))
    .map(([, text]) => text.replaceAll(/\{\w+\}/g, '7'))
    .filter((text) => commandWord(text) === undefined);
}

const isLong = (text: string): boolean => [...text].length > (/[\p{sc=Han}\p{sc=Hangul}]/u.test(text) ? 14 : 30);

/** Names as they stand over doors, in all tongues, and what is on stickers. */
const NAMES =
  `Baan Coffee|ร้านกาแฟบ้านสวน|ตลาดน้ำขอนแก่น|ผ้าไหมไทย|บริษัทขนส่งสยาม|咖啡之家|张记牛肉面|码头餐厅|珈琲館|からあげ大将|ますや食堂|なにわ屋|
鮮の味|きのこの里|小肥羊火鍋|陳記茶餐廳|茶說|카페베네 강남점|왜관식당|부산 횟집|Quán Cà Phê Sài Gòn|Phở Thìn|Bánh Mì Huỳnh Hoa|Warung Bu Siti|
Toko Foto Jaya|Kedai Kopi Ali|Bahay ng Kape|Aling Nena sa Quiapo|The Coffee Bean|This House|Silom Rd 12, Bangkok|香港彌敦道 12 號|東京都港区芝公園|
AP-TH-0000-8841|TH-04|P-7K3M|8841|081 234 5678|ok|OK!|done|👍|…|?|!!!|QR|Alipay+|https://qr.example/8841`
    .split('|')
    .map((name) => name.trim());

describe('a text', () => {
  it.each([
    ['ช่วยดูให้หน่อยครับ ถ่ายรูปไม่ได้', 'th'],
    ['이거 어떻게 하나요?', 'ko'],
    ['写真が送れません。どうすればいいですか？', 'ja'],
    ['这个码扫不出来怎么办', 'zh-CN'],
    ['這個碼掃不到，怎麼辦？', 'zh-HK'],
    ['點解個碼掃唔到？', 'zh-HK'],
    ['Chụp ảnh ở đâu vậy ạ?', 'vi'],
    ['khong hieu, giup voi', 'vi'],
    ['gimana cara kirim fotonya?', 'id'],
    ['macam mana nak hantar gambar?', 'ms'],
    ['Paano po ito?', 'fil'],
    ['What does this mean?', 'en'],
  ] as const)('shows what it is written in: %s', (typed, language) => {
    expect(languagesWritten(typed)).toEqual([language]);
  });

  it.each([
    ['メニュー', ['ja']],
    ['帮助', ['zh-CN']],
    ['幫助', ['zh-HK']],
    ['도움말', ['ko']],
    ['ช่วย!', ['th']],
    ['tro giup', ['vi']],
    ['tulong', ['fil']],
    ['kembali', ['id', 'ms']],
    ['你好', ['zh-CN', 'zh-HK']],
  ] as const)('that is a word for a tap is in the languages that have it: %s', (typed, languages) => {
    expect(languagesWritten(typed)).toEqual(languages);
  });

  it.each(['menu', 'Help', 'back', 'hello', 'HI!'])('that everybody types in English shows nothing: %s', (typed) => {
    expect(languagesWritten(typed)).toEqual([]);
  });

  it('that is a name, a code, a number or a sign is in no language', () => {
    expect(NAMES.filter((name) => languagesWritten(name).length > 0)).toEqual([]);
  });

  it('of signs, digits and consonants alone is in no language, however it is put together', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789-+/.,:#*()_ \n👍✓…', ...'BCDFGHJKLMNPQRSTVWXZ') });
    fc.assert(fc.property(signs, (typed) => languagesWritten(typed).length === 0));
  });

  it('never throws, whatever is in it, and never shows a language twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const shown = languagesWritten(typed);
        expect(new Set(shown).size).toBe(shown.length);
      }),
    );
  });
});

describe.each(LANGUAGES)('what is said in %s', (language) => {
  it('is never taken for another language, and mostly for this', () => {
    const sentences = sentencesIn(language);
    const taken = sentences.map((text) => ({ text, as: languagesWritten(text) }));
    expect(taken.filter(({ as }) => as.length > 0 && !as.includes(language))).toEqual([]);
    const long = taken.filter(({ text }) => isLong(text));
    expect(long.length).toBeGreaterThan(100);
    expect(long.filter(({ as }) => as.includes(language)).length / long.length).toBeGreaterThan(0.5);
  });

  it('is the same with a code, a number and signs around it, in capitals too', () => {
    const around = fc.constantFrom('', ' 8841', ' 👍', '!!!', '\n', ' P-7K3M');
    fc.assert(
      fc.property(fc.constantFrom(...sentencesIn(language).filter(isLong)), around, (text, sign) => {
        const plain = languagesWritten(text);
        expect(languagesWritten(`${text}${sign}`)).toEqual(plain);
        expect(languagesWritten(text.toUpperCase())).toEqual(plain);
      }),
    );
  });

  it('is known by marks that stand once in their list', () => {
    const marks = wordsIn(translator(language)('word.often'));
    expect(marks.filter((mark, at) => mark === '' || marks.indexOf(mark) !== at)).toEqual([]);
  });
});
