import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import Router from '@koa/router';
import { LANGUAGE_NAMES, type Language } from '../../domain/languages.ts';

/** A font of ours, in the parts that its package cuts it into, and what phones and computers have in its place. */
interface Script {
  readonly family: string;
  readonly package: string;
  readonly files: string;
  /** Whose letters it has; of several fonts that have a letter, the page's language says which. */
  readonly language: Language;
  /** What it writes in a page of its language. */
  readonly letters: RegExp;
  /** What it writes in any other page: what no font has that such a page brings by itself. */
  readonly elsewhere: RegExp;
  /** Names by which a font of the visitor's own is found: then nothing is loaded. */
  readonly own: readonly string[];
}

const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const NOTHING = /(?!)/gu;

const SCRIPTS: readonly Script[] = [
  {
    family: 'Page Thai',
    package: '@fontsource-variable/noto-sans-thai',
    files: 'noto-sans-thai',
    language: 'th',
    letters: /\p{Script=Thai}/gu,
    elsewhere: /\p{Script=Thai}/gu,
    own: ['Noto Sans Thai', 'NotoSansThai-Regular', 'Noto Sans Thai UI', 'Thonburi', 'Leelawadee UI', 'Tahoma'],
  },
  {
    family: 'Page SC',
    package: '@fontsource-variable/noto-sans-sc',
    files: 'noto-sans-sc',
    language: 'zh-CN',
    letters: HAN,
    elsewhere: HAN,
    own: [
      'PingFang SC',
      'Noto Sans CJK SC',
      'NotoSansCJKsc-Regular',
      'Noto Sans SC',
      'Source Han Sans SC',
      'Microsoft YaHei',
    ],
  },
  {
    family: 'Page HK',
    package: '@fontsource-variable/noto-sans-hk',
    files: 'noto-sans-hk',
    language: 'zh-HK',
    letters: HAN,
    elsewhere: NOTHING,
    own: ['PingFang HK', 'PingFang TC', 'Noto Sans CJK HK', 'Noto Sans CJK TC', 'Noto Sans HK', 'Microsoft JhengHei'],
  },
  {
    family: 'Page JP',
    package: '@fontsource-variable/noto-sans-jp',
    files: 'noto-sans-jp',
    language: 'ja',
    letters: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/gu,
    elsewhere: KANA,
    own: ['Hiragino Sans', 'Noto Sans CJK JP', 'NotoSansCJKjp-Regular', 'Noto Sans JP', 'Yu Gothic', 'Meiryo'],
  },
  {
    family: 'Page KR',
    package: '@fontsource-variable/noto-sans-kr',
    files: 'noto-sans-kr',
    language: 'ko',
    letters: /\p{Script=Hangul}/gu,
    elsewhere: /\p{Script=Hangul}/gu,
    own: ['Apple SD Gothic Neo', 'Noto Sans CJK KR', 'NotoSansCJKkr-Regular', 'Noto Sans KR', 'Malgun Gothic'],
  },
];

interface Slice {
  readonly name: string;
  readonly has: (codePoint: number) => boolean;
}

const slices = new Map<string, readonly Slice[]>();
const require = createRequire(import.meta.url);

/** The parts of a script's font, by the package's own list of which letters each has. */
function slicesOf({ package: name }: Script): readonly Slice[] {
  const known = slices.get(name) ?? readSlices(name);
  slices.set(name, known);
  return known;
}

function readSlices(name: string): readonly Slice[] {
  const ranges = JSON.parse(readFileSync(require.resolve(`${name}/unicode.json`), 'utf8')) as Record<string, string>;
  return Object.entries(ranges).map(([slice, range]) => {
    const spans = range.split(',').map((span) => {
      const [from = '', to = from] = span.replace(/^U\+/i, '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    });
    return {
      name: slice.replaceAll(/[[\]]/g, ''),
      has: (codePoint) => spans.some(([from, to]) => codePoint >= from && codePoint <= to),
    };
  });
}

/**
 * The fonts of a page, as CSS: of each script that it is written in the parts that have its letters, for machines without such a font,
 * as those that print posters are. A phone has its own and loads nothing. `root`: from the page's address to what lies beside `/fonts`, since a
 * client may show it all below an address of its own.
 */
export function fontFaces(page: string, language: Language, root: string): string {
  const text = Object.values(LANGUAGE_NAMES).reduce((rest, name) => rest.replaceAll(name, ' '), page);
  return SCRIPTS.flatMap((script) => {
    const letters = lettersFor(script, text, language);
    return slicesOf(script).flatMap(({ name, has }) => {
      const within = letters.filter(has);
      if (within.length === 0) return [];
      // a vowel may be drawn as two
      const range =
        script.family === 'Page Thai' ? 'U+e00-e7f' : within.map((codePoint) => `U+${codePoint.toString(16)}`).join();
      return [faceOf(script, `${root}fonts/${fileOf(script, name)}`, range)];
    });
  }).join('');
}

/** What it writes in a text, and its language's own name: that stands on every page, on the way to it. */
function lettersFor(script: Script, text: string, language: Language): readonly number[] {
  const isHan = script.letters === HAN;
  // what Japan and Hong Kong write is not drawn as in the mainland
  const elsewhere = isHan && (language === 'ja' || language === 'zh-HK') ? NOTHING : script.elsewhere;
  const written = text.match(script.language === language ? script.letters : elsewhere) ?? [];
  const named = LANGUAGE_NAMES[script.language].match(script.letters) ?? [];
  return [...new Set([...written, ...named])]
    .map((letter) => letter.codePointAt(0) ?? 0)
    .toSorted((one, other) => one - other);
}

/** One part, in every weight. */
function fileOf({ files }: Script, slice: string): string {
  return `${files}-${slice}-wght-normal.woff2`;
}

function faceOf({ family, own }: Script, address: string, range: string): string {
  const local = own.map((name) => `local("${name}")`).join();
  return `@font-face{font-family:"${family}";font-weight:100 900;font-display:block;src:${local},url("${address}") format("woff2");unicode-range:${range}}\n`;
}

/** `/fonts/<file>`: parts of the fonts above, and nothing else. */
export function fontRoutes(): Router {
  return new Router().get('/fonts/:file', async (ctx) => {
    const { file = '' } = ctx.params;
    const script = SCRIPTS.find(({ files }) => file.startsWith(`${files}-`));
    if (script === undefined || !slicesOf(script).some(({ name }) => file === fileOf(script, name))) return;
    ctx.type = 'font/woff2';
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    ctx.body = await readFile(require.resolve(`${script.package}/files/${file}`));
  });
}
