import { type Inline, parseInline } from './inline.ts';

/** A block of markdown. */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'rule' }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'table'; readonly head: Row; readonly rows: readonly Row[] };

type Row = readonly (readonly Inline[])[];

const HEADING = /^(#{1,6})\s+(.*)$/;
const RULE = /^\s*([*_-])(\s*\1){2,}\s*$/;
const QUOTE = /^\s*>\s?(.*)$/;
const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBERED = /^\s*\d{1,3}[.)]\s+(.*)$/;
const FENCE = /^\s*```/;
const TABLE_LINE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const LONGEST = 20_000;
const DEEPEST_QUOTE = 4;

/**
 * Reads DingTalk's markdown (dingtalk 4.7) into blocks. A single newline is a space, as there: a new line takes `<br>`,
 * two spaces at the end, or an empty line.
 */
export function parseMarkdown(source: string, depth = 0): readonly Block[] {
  const lines = source.slice(0, LONGEST).replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const { block, next } = blockAt(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

interface Read {
  readonly block: Block;
  readonly next: number;
}

function blockAt(lines: readonly string[], at: number, depth: number): Read {
  const line = lines[at] ?? '';
  const heading = HEADING.exec(line);
  if (heading) {
    const [, marks = '#', text = ''] = heading;
    return { block: { kind: 'heading', level: marks.length, children: parseInline(text.trim()) }, next: at + 1 };
  }
  if (RULE.test(line)) return { block: { kind: 'rule' }, next: at + 1 };
  if (FENCE.test(line)) return fenced(lines, at);
  if (QUOTE.test(line) && depth < DEEPEST_QUOTE) {
    const { texts, next } = run(lines, at, QUOTE);
    return { block: { kind: 'quote', blocks: parseMarkdown(texts.join('\n'), depth + 1) }, next };
  }
  for (const [pattern, ordered] of [[BULLET, false] as const, [NUMBERED, true] as const]) {
    if (!pattern.test(line)) continue;
    const { texts, next } = run(lines, at, pattern);
    return { block: { kind: 'list', ordered, items: texts.map((text) => parseInline(text)) }, next };
  }
  if (isTable(line, lines[at + 1] ?? '')) return table(lines, at);
  return paragraph(lines, at);
}

function run(lines: readonly string[], from: number, pattern: RegExp): { texts: string[]; next: number } {
  const texts: string[] = [];
  let next = from;
  for (let found = pattern.exec(lines[next] ?? ''); found; found = pattern.exec(lines[next] ?? '')) {
    texts.push(found[1] ?? '');
    next += 1;
  }
  return { texts, next };
}

function fenced(lines: readonly string[], at: number): Read {
  const close = lines.findIndex((line, index) => index > at && FENCE.test(line));
  const end = close < 0 ? lines.length : close;
  return { block: { kind: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
}

/** Under the names of the columns is a line with dashes for each. */
function isTable(names: string, dashes: string): boolean {
  return names.includes('|') && TABLE_LINE.test(dashes) && cells(names).length === cells(dashes).length;
}

function table(lines: readonly string[], at: number): Read {
  let next = at + 2;
  const rows: Row[] = [];
  for (; (lines[next] ?? '').includes('|'); next += 1) rows.push(cells(lines[next] ?? ''));
  return { block: { kind: 'table', head: cells(lines[at] ?? ''), rows }, next };
}

function cells(line: string): Row {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => parseInline(cell.trim()));
}

function paragraph(lines: readonly string[], at: number): Read {
  let text = '';
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (line.trim() === '' || (next > at && startsBlock(line))) break;
    text += line.endsWith('  ') ? `${line.trim()}<br>` : `${line.trim()} `;
  }
  return { block: { kind: 'paragraph', children: parseInline(text.trim().replace(/<br>$/, '')) }, next };
}

function startsBlock(line: string): boolean {
  return [HEADING, RULE, FENCE, QUOTE, BULLET, NUMBERED].some((pattern) => pattern.test(line));
}
