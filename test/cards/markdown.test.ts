import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, markdownText } from '../../cards/markdown.ts';
import { translator } from '../../cards/text.ts';

describe('what a person typed, inside markdown', () => {
  it.each([
    ['[smile](https://evil.example)', '［smile］(https:⁄⁄evil.example)'],
    ['<a atId=u1>Ploy</a>', '＜a atId=u1＞Ploy＜/a＞'],
    ['**bold** _it_ `code`', '∗∗bold∗∗ ＿it＿ ˋcodeˋ'],
    ['# heading', '＃ heading'],
    ['- item', '‐ item'],
    ['12. Silom Rd', '12․ Silom Rd'],
    ['one\r\n\r\n# two', 'one # two'],
    ['www.evil.example', 'www․evil.example'],
    ['a\u202Eb\u0000c', 'ab c'],
    ['Tom & Jerry, 5 < 6', 'Tom & Jerry, 5 ＜ 6'],
    ['ร้านกาแฟ บ้านคอฟฟี่', 'ร้านกาแฟ บ้านคอฟฟี่'],
  ])('%j becomes %j', (typed, shown) => {
    expect(escapeMarkdown(typed)).toBe(shown);
  });

  const nasty = fc.string({ unit: fc.constantFrom(...'[]<>*_`~|\\#-+=>!&;1.)( \n\t\u2028\uD800ก中😀/:w@') });

  it('is never live, never starts a block and stays on one line', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (typed) => {
        const shown = escapeMarkdown(typed);
        expect(shown).not.toMatch(/[[\]<>*_`~|\\\p{Cc}\u2028\u2029]/u);
        expect(shown).not.toMatch(/^\s|^[#\-=]|^\+(\s|$)|^\d+[.)]|:\/\//);
        expect(shown).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('is escaped once only', () => {
    fc.assert(
      fc.property(nasty, (typed) => {
        expect(escapeMarkdown(escapeMarkdown(typed))).toBe(escapeMarkdown(typed));
      }),
    );
  });

  it('is escaped wherever a text of ours takes it', () => {
    const t = translator('en');
    expect(markdownText(t, 'help.admin', { name: '<b>[x]' })).toBe('Your admin: ＜b＞［x］.');
  });
});
