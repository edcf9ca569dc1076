import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLine, visibleText } from '../../src/platform/visible-text.ts';

describe('what a person typed, as far as one sees it', () => {
  it.each([
    ['nothing but zero width', '\u200b\u200b', ''],
    ['nothing but a word joiner', '\u2060', ''],
    ['nothing but a Hangul filler', '\u3164', ''],
    ['nothing but a Braille blank and a joiner', '\u2800\u200d', ''],
    ['nothing but a variation selector', '\ufe0f', ''],
    ['nothing but spaces of any kind', ' \u00a0\u3000\u2003', ''],
    ['nothing but half of a character', '\ud800', ''],
    ['an address with a zero width space', 'demo@iso.example\u200b', 'demo@iso.example'],
    ['text that is turned around', 'abc\u202edcba\u202c', 'abcdcba'],
    ['control characters', 'a\u0000\u0007b', 'a b'],
    ['lines of any kind', 'a\r\nb\rc\u2028d\u2029e\u0085f', 'a\nb\nc\nd\ne\nf'],
    ['a tab of a pasted sheet', 'Pim\t081', 'Pim\t081'],
    ['a flag in tags', '🏴\u{e0067}\u{e007f}', '🏴'],
    ['Thai', 'ร้านกาแฟ บ้านคอฟฟี่', 'ร้านกาแฟ บ้านคอฟฟี่'],
    ['a family in one emoji', '👩\u200d👩\u200d👧', '👩\u200d👩\u200d👧'],
    ['a heart in color', '❤️', '❤️'],
    ['Chinese', '营销码', '营销码'],
  ])('%s', (_what, typed, seen) => {
    expect(visibleText(typed)).toBe(seen);
  });

  it('is the same when it is read again, and on one line has no end of a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const seen = visibleText(typed);
        expect(visibleText(seen)).toBe(seen);
        expect(visibleLine(typed)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });
});
