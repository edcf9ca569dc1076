import { createHash } from 'node:crypto';

/** Longer than any QR code holds: such input is not looked at. */
const LONGEST_INPUT = 8_000;
/** What a person compares with the sticker. */
const SHORT = 4;

/** What stands at a spot, or was read in a photo. */
export interface Code {
  /** The serial; of a code that no pattern knows, a name made of its content that says nothing of it. */
  readonly codeId: string;
  /** What it says in full: a code is one code by this, however it was read. Of one that no pattern knows, all that its QR code says. */
  readonly canonicalUrl: string;
  /** What a person compares with the sticker: the last four. */
  readonly short: string;
  /** No pattern of the programme knew it when it was read. */
  readonly unknown?: true | undefined;
}

/** A pattern of the programme, ready to be matched in linear time. */
export interface CodePattern {
  readonly id: string;
  /** The serial in what a QR code says; undefined where it is none of these. */
  inPayload(payload: string): string | undefined;
  /** The serial in what is typed from the sticker, without blanks and dashes. */
  inTyped(typed: string): string | undefined;
  /** What the code with this serial says in full. */
  inFull(serial: string): string;
  /** Its serials have an order, so that codes can be told by where they begin and end. */
  readonly ordered?: true | undefined;
}

/** What a code is that is known not to count. */
export type ForeignKind = 'paymentCode' | 'walletLink' | 'chatLink' | 'otherCode' | 'otherProduct';

/** Which codes count, by the programme (docs/programme.md). Of two patterns that read the same, the first does. */
export interface CodeRules {
  readonly patterns: readonly CodePattern[];
  /** Codes of the programme that count elsewhere. */
  readonly others: readonly CodePattern[];
  /** By how they begin, in any case. */
  readonly foreign: readonly { readonly starts: string; readonly says: Exclude<ForeignKind, 'otherProduct'> }[];
}

/** Where no code counts, and none is known. */
export const NO_CODES: CodeRules = { patterns: [], others: [], foreign: [] };

/** What was read: a code that counts, one that is known not to, one that nobody knows, or nothing that could be a code. */
export type ReadCode =
  | { readonly kind: 'ours'; readonly code: Code }
  | { readonly kind: 'foreign'; readonly says: ForeignKind }
  | { readonly kind: 'unknown'; readonly code: Code }
  | { readonly kind: 'nothing' };

/** Reads the payload of a decoded QR code, which is never opened. Safe on any input. */
export function readPayload(payload: unknown, { patterns, others, foreign }: CodeRules): ReadCode {
  if (typeof payload !== 'string' || payload.length > LONGEST_INPUT) return { kind: 'nothing' };
  const said = payload.trim();
  if (said === '') return { kind: 'nothing' };
  const code = firstOf(patterns, (pattern) => pattern.inPayload(said));
  if (code !== undefined) return { kind: 'ours', code };
  if (firstOf(others, (pattern) => pattern.inPayload(said))) return { kind: 'foreign', says: 'otherProduct' };
  const begins = said.slice(0, LONGEST_BEGINNING).toLowerCase();
  const known = foreign.find(({ starts }) => begins.startsWith(starts.toLowerCase()));
  return known === undefined ? { kind: 'unknown', code: unknownCode(said) } : { kind: 'foreign', says: known.says };
}

const LONGEST_BEGINNING = 500;

/**
 * Reads what a person typed from the sticker: the serial with any blanks and dashes, or all that the code says. A 0 for an O and a 1 for
 * an I are taken for what they look like, where no pattern has them as they are and one reading is left.
 */
export function readTyped(typed: unknown, rules: CodeRules): ReadCode {
  if (typeof typed !== 'string' || typed.length > LONGEST_INPUT) return { kind: 'nothing' };
  const compact = typed.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  for (const said of [compact, `https://${compact}`]) {
    const read = readPayload(said, rules);
    if (read.kind === 'ours' || read.kind === 'foreign') return read;
  }
  const serial = compact.replace(/[\p{Pd}_.]/gu, '');
  const code = firstOf(rules.patterns, (pattern) => pattern.inTyped(serial));
  if (code !== undefined) return { kind: 'ours', code };
  if (firstOf(rules.others, (pattern) => pattern.inTyped(serial))) return { kind: 'foreign', says: 'otherProduct' };
  const meant = codeMeant(serial, rules);
  if (meant !== undefined) return { kind: 'ours', code: meant };
  return compact === '' ? { kind: 'nothing' } : { kind: 'unknown', code: unknownCode(compact) };
}

function codeMeant(serial: string, { patterns }: CodeRules): Code | undefined {
  const letters = serial.replaceAll('0', 'O');
  const readings = new Set([letters, serial.replaceAll('1', 'I'), letters.replaceAll('1', 'I')]);
  const codes = [...readings].flatMap((reading) => firstOf(patterns, (pattern) => pattern.inTyped(reading)) ?? []);
  const [only, ...others] = codes;
  return others.length === 0 ? only : undefined;
}

/** SHA-256 of what a code says in full, hex: what a binding is unique on (domain A.12-1). */
export function codeHash({ canonicalUrl }: Pick<Code, 'canonicalUrl'>): string {
  return createHash('sha256').update(canonicalUrl).digest('hex');
}

/** Whether it is one code. */
export function sameCode(one: Pick<Code, 'canonicalUrl'>, other: Pick<Code, 'canonicalUrl'> | undefined): boolean {
  return one.canonicalUrl === other?.canonicalUrl;
}

/** The code with this serial and hash, by the pattern that makes it; undefined where none does. */
export function codeWithHash(codeId: string, hash: string, patterns: readonly CodePattern[]): Code | undefined {
  return patterns.map((pattern) => ours(codeId, pattern)).find((code) => codeHash(code) === hash);
}

/** What counts by either: of two that read the same, that of `first`. */
export function bothRules(first: CodeRules, second: CodeRules): CodeRules {
  if (first === second) return first;
  return {
    patterns: [...first.patterns, ...second.patterns],
    others: [...first.others, ...second.others],
    foreign: [...first.foreign, ...second.foreign],
  };
}

function firstOf(
  patterns: readonly CodePattern[],
  serialBy: (pattern: CodePattern) => string | undefined,
): Code | undefined {
  for (const pattern of patterns) {
    const serial = serialBy(pattern);
    if (serial !== undefined) return ours(serial, pattern);
  }
  return undefined;
}

function ours(codeId: string, pattern: CodePattern): Code {
  return { codeId, canonicalUrl: pattern.inFull(codeId), short: codeId.slice(-SHORT) };
}

/** The code of a content that no pattern knows. */
export function unknownCode(canonicalUrl: string): Code {
  const codeId = `~${codeHash({ canonicalUrl }).slice(0, 12)}`;
  const end = [...canonicalUrl.replace(/[^\p{L}\p{N}]/gu, '')].slice(-SHORT).join('');
  return { codeId, canonicalUrl, short: end === '' ? codeId.slice(-SHORT) : end, unknown: true };
}
