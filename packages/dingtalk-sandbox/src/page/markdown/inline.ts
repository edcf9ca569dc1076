/** A piece of a line of markdown. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'image'; readonly src: string; readonly alt: string };

interface Match {
  readonly length: number;
  readonly node?: Inline | undefined;
}

const ESCAPABLE = /^\\([!-/:-@[-`{-~])/;
const ENTITY = /^&(amp|lt|gt|quot|nbsp|#39);/;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
};
const LINE_BREAK = /^<br\s*\/?>/i;
const FONT_TAG = /^<\/?font(\s[^<>]*)?>/i;
const IMAGE = /^!\[((?:\\.|[^\]\\])*)\]\(([^()\s]+)\)/;
const LINK = /^\[((?:\\.|[^\]\\])+)\]\(([^()\s]+)\)/;
const DEEPEST = 8;

/** Reads one run of DingTalk's markdown (dingtalk 4.7); what is not of the subset stays text, HTML included. */
export function parseInline(source: string, depth = 0): readonly Inline[] {
  const nodes: Inline[] = [];
  let text = '';
  const flush = (): void => {
    if (text) nodes.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < source.length; ) {
    const match = matchAt(source, at, depth);
    if (!match) {
      text += source.charAt(at);
      at += 1;
    } else {
      if (match.node?.kind === 'text') text += match.node.text;
      else if (match.node) {
        flush();
        nodes.push(match.node);
      }
      at += match.length;
    }
  }
  flush();
  return nodes;
}

function matchAt(source: string, at: number, depth: number): Match | undefined {
  const rest = source.slice(at);
  switch (rest.charAt(0)) {
    case '\\':
      return literal(ESCAPABLE.exec(rest), (found) => found);
    case '&':
      return literal(ENTITY.exec(rest), (found) => ENTITIES[found] ?? '');
    case '<':
      return tag(rest);
    case '!':
      return image(rest);
    case '[':
      return depth < DEEPEST ? link(rest, depth) : undefined;
    case '`':
      return code(rest);
    case '*':
    case '_':
      return depth < DEEPEST ? emphasis(source, at, depth) : undefined;
    default:
      return undefined;
  }
}

function literal(found: RegExpExecArray | null, meaning: (name: string) => string): Match | undefined {
  return found ? { length: found[0].length, node: { kind: 'text', text: meaning(found[1] ?? '') } } : undefined;
}

function tag(rest: string): Match | undefined {
  const lineBreak = LINE_BREAK.exec(rest);
  if (lineBreak) return { length: lineBreak[0].length, node: { kind: 'break' } };
  const font = FONT_TAG.exec(rest);
  return font ? { length: font[0].length } : undefined;
}

function image(rest: string): Match | undefined {
  const found = IMAGE.exec(rest);
  if (!found) return undefined;
  return { length: found[0].length, node: { kind: 'image', alt: unescaped(found[1] ?? ''), src: found[2] ?? '' } };
}

function link(rest: string, depth: number): Match | undefined {
  const found = LINK.exec(rest);
  if (!found) return undefined;
  const children = parseInline(found[1] ?? '', depth + 1);
  return { length: found[0].length, node: { kind: 'link', href: unescaped(found[2] ?? ''), children } };
}

function code(rest: string): Match | undefined {
  const close = rest.indexOf('`', 1);
  return close > 1 ? { length: close + 1, node: { kind: 'code', text: rest.slice(1, close) } } : undefined;
}

function emphasis(source: string, at: number, depth: number): Match | undefined {
  const mark = source.charAt(at);
  const delimiter = source.charAt(at + 1) === mark ? mark + mark : mark;
  if (mark === '_' && isWordCharacter(source.charAt(at - 1))) return undefined;
  const start = at + delimiter.length;
  if (source.charAt(start).trim() === '') return undefined;
  const close = closing(source, start, delimiter);
  if (close < 0) return undefined;
  const children = parseInline(source.slice(start, close), depth + 1);
  const kind = delimiter.length === 2 ? 'strong' : 'emphasis';
  return { length: close + delimiter.length - at, node: { kind, children } };
}

/** Where the closing mark stands: at the end of a run of marks long enough, one alone never inside a pair. */
function closing(source: string, from: number, delimiter: string): number {
  const mark = delimiter.charAt(0);
  for (let at = from + 1; at < source.length; at += 1) {
    if (source.charAt(at) !== mark || source.charAt(at - 1) === '\\') continue;
    let end = at + 1;
    while (source.charAt(end) === mark) end += 1;
    const run = end - at;
    const fits = delimiter.length === 1 ? run !== 2 : run >= 2;
    const inWord = mark === '_' && isWordCharacter(source.charAt(end));
    if (fits && !inWord && source.charAt(at - 1).trim() !== '') return end - delimiter.length;
    at = end - 1;
  }
  return -1;
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
