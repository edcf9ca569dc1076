/** How the codes of one kind read, in a line that says nothing of any of them: `https://codes.example/x/{A-Z0-9:8}`. */
export interface CodeShape {
  readonly shape: string;
  /** What they begin with, and what of each tells it apart. */
  readonly begins: string;
  readonly letters: string;
  readonly length: number;
}

/** Longer words of an address may be somebody's name. */
const LONGEST_WORD = 12;
const LONGEST_HOST = 100;

/**
 * The shape of what a code says. Of an address that is its host and the short words of its path, of anything else what it begins with
 * before a colon or its like; the rest is told by its letters and length.
 */
export function shapeOf(says: string): CodeShape {
  const begins = beginningOf(says);
  const rest = says.slice(begins.length);
  const letters = lettersOf(rest);
  const length = [...rest].length;
  return { shape: `${begins}{${letters}:${length}}`, begins, letters, length };
}

function beginningOf(says: string): string {
  const address = /^([a-z][a-z0-9+.-]{0,20}:\/\/)([^/?#@\s]+)\//i.exec(says);
  const [head, , host = ''] = address ?? [];
  if (head === undefined || host.length > LONGEST_HOST) return /^[A-Za-z]{2,8}[:;=|]/.exec(says)?.[0] ?? '';
  let begins = head;
  for (;;) {
    const [word] = /^[A-Za-z_-]+[/?#=]/.exec(says.slice(begins.length)) ?? [];
    if (word === undefined || word.length > LONGEST_WORD + 1 || begins.length + word.length === says.length)
      return begins;
    begins += word;
  }
}

function lettersOf(rest: string): string {
  if (/^\d{6,}$/.test(rest)) return '0-9';
  if (/^[A-Z0-9]*$/.test(rest)) return 'A-Z0-9';
  if (/^[a-z0-9]*$/.test(rest)) return 'a-z0-9';
  return /^[A-Za-z0-9_-]*$/.test(rest) ? 'A-Za-z0-9_-' : 'any';
}

/** A pattern as the file of a programme says it. */
export interface WrittenPattern {
  readonly id: string;
  readonly qr: string;
  readonly typed?: string | undefined;
  readonly ignoreCase: boolean;
  readonly canonical: string;
}

/** A pattern that takes codes of this shape; undefined where they have nothing in common that a pattern could go by. */
export function patternFor(id: string, { begins, letters, length }: CodeShape): WrittenPattern | undefined {
  if (begins.length < 3 || length === 0) return undefined;
  const serial = letters === 'any' ? `(?<serial>[!-~]{${length}})` : `(?<serial>[${letters}]{${length}})`;
  const isTyped = letters !== 'any' && !letters.includes('_');
  return {
    id,
    qr: `^${begins.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}${serial}$`,
    typed: isTyped ? `^${serial}$` : undefined,
    ignoreCase: letters === 'A-Z0-9',
    canonical: `${begins}{serial}`,
  };
}
