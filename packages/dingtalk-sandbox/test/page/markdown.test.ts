import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownImage, safeLink } from '../../src/page/markdown/addresses.ts';
import { type Block, parseMarkdown } from '../../src/page/markdown/blocks.ts';
import { type Inline, parseInline } from '../../src/page/markdown/inline.ts';

const text = (content: string): Inline => ({ kind: 'text', text: content });

describe('a line of markdown', () => {
  it('keeps HTML as the text it is', () => {
    expect(parseInline('<img src=x onerror=alert(1)> <script>')).toEqual([
      text('<img src=x onerror=alert(1)> <script>'),
    ]);
  });

  it('knows bold, italic, code and their nesting', () => {
    expect(parseInline('a **b *c*** `d*`')).toEqual([
      text('a '),
      { kind: 'strong', children: [text('b '), { kind: 'emphasis', children: [text('c')] }] },
      text(' '),
      { kind: 'code', text: 'd*' },
    ]);
  });

  it('breaks at <br>, strips <font>, and reads escapes and entities as their characters', () => {
    expect(parseInline('<font sizeToken=x colorTokenV2=y>5 \\* 3</font><br/>&lt;b&gt; \\[x](y)')).toEqual([
      text('5 * 3'),
      { kind: 'break' },
      text('<b> [x](y)'),
    ]);
  });

  it('leaves lonely and inner marks alone', () => {
    expect(parseInline('2 * 3 * 4, snake_case_name, **')).toEqual([text('2 * 3 * 4, snake_case_name, **')]);
  });

  it('reads links and pictures with their addresses', () => {
    expect(parseInline('[the **app**](https://a.example/x) ![photo](/sandbox/api/media/1)')).toEqual([
      {
        kind: 'link',
        href: 'https://a.example/x',
        children: [text('the '), { kind: 'strong', children: [text('app')] }],
      },
      text(' '),
      { kind: 'image', alt: 'photo', src: '/sandbox/api/media/1' },
    ]);
  });
});

describe('addresses', () => {
  it('opens http and https only', () => {
    expect(safeLink('https://a.example/x')).toBe('https://a.example/x');
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//a.example', ' https://a', 'https://a b', '']) {
      expect(safeLink(bad)).toBeUndefined();
    }
  });

  it('shows pictures of the sandbox only', () => {
    const origin = 'http://127.0.0.1:3000';
    expect(ownImage('/sandbox/api/media/%40abc', origin)).toBe('/sandbox/api/media/%40abc');
    expect(ownImage(`${origin}/sandbox/api/files/x.jpg`, origin)).toBe('/sandbox/api/files/x.jpg');
    for (const bad of [
      'http://elsewhere.example/x.png',
      '/other',
      '/sandbox/api/../x',
      'data:image/png;base64,x',
      '',
    ]) {
      expect(ownImage(bad, origin)).toBeUndefined();
    }
  });
});

describe('blocks of markdown', () => {
  const kinds = (source: string): string[] => parseMarkdown(source).map((block) => block.kind);

  it('are told apart', () => {
    const source = '# A\ntext\n\n- a\n- b\n1. c\n\n> q\n\n***\n```\nx\n```\n| a | b |\n|---|---|\n| 1 | 2 |';
    expect(kinds(source)).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'rule', 'code', 'table']);
  });

  it('are a table by a line of dashes under as many names, one dash for each at least', () => {
    expect(parseMarkdown('| a | b |\n| :-: | - |\n| 1 | 2 |')).toEqual([
      { kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] },
    ] satisfies Block[]);
    expect(kinds('a | b\n-')).toEqual(['paragraph']);
  });

  it('join lines by a space, as DingTalk does, unless two spaces end the line', () => {
    expect(parseMarkdown('a\nb  \nc')).toEqual([
      { kind: 'paragraph', children: [text('a b'), { kind: 'break' }, text('c')] },
    ] satisfies Block[]);
  });

  it('end for any input, and lose no word of a plain text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (source) => Array.isArray(parseMarkdown(source))));
    expect(kinds('> '.repeat(500))).toEqual(['quote']);
    expect(parseMarkdown('*'.repeat(3000))).toHaveLength(1);
    expect(JSON.stringify(parseMarkdown('ร้านกาแฟ 咖啡 café'))).toContain('ร้านกาแฟ 咖啡 café');
  });
});
