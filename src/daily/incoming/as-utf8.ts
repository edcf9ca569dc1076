import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { AppError } from '@field/kit/errors';
import { refused } from './refused.ts';

const MARK_BYTES = 4;
/** What has no line end for so long is decoded without waiting for one; its lines are told less exactly. */
const LONGEST_WAIT_BYTES = 1024 * 1024;

/** What the first bytes say that a file is, where that cannot be landed. */
const OTHER_FORMATS: readonly (readonly [begins: string, why: string])[] = [
  ['504b0304', 'it is an Excel workbook or another zip archive: save it as CSV (UTF-8)'],
  ['d0cf11e0', 'it is an Excel workbook of the old kind: save it as CSV (UTF-8)'],
  ['1f8b0800', 'it is packed by gzip: name it .csv.gz'],
  ['1f8b0808', 'it is packed by gzip: name it .csv.gz'],
  ['25504446', 'it is a PDF, not a CSV file'],
];
const MARKS: readonly (readonly [begins: string, encoding: string])[] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];
/** What decoders make of bytes that an encoding of single bytes has no character for, and no text has: C1 controls, ICU's own places. */
const NO_CHARACTER = /[\0\u0080-\u0084\u0086-\u009f\uf8c0-\uf8ff]/;

/**
 * The bytes of a file as UTF-8, piece by piece: in the encoding that its byte order mark says, or else in `otherwise`, a name of an encoding
 * as `TextDecoder` gives it. `file.refused` with the line where they are not text in that encoding; where a file without a mark may be in
 * `otherwise` and in UTF-8, since it would mean two things; and where it is another format.
 */
export async function* asUtf8(chunks: AsyncIterable<Buffer>, otherwise: string): AsyncGenerator<Buffer> {
  let text: Decoding | undefined;
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    // the first piece holds what says of which kind a file is, however little comes at first
    if (waiting.length < MARK_BYTES) continue;
    text ??= decodingOf(waiting, otherwise);
    const whole = text.wholeLines(waiting) || (waiting.length > LONGEST_WAIT_BYTES ? waiting.length : 0);
    if (whole === 0) continue;
    yield text.decoded(waiting.subarray(0, whole));
    waiting = waiting.subarray(whole);
  }
  if (waiting.length > 0) {
    text ??= decodingOf(waiting, otherwise);
    yield text.decoded(waiting);
  }
  text?.end();
}

function decodingOf(start: Buffer, otherwise: string): Decoding {
  const begin = start.toString('hex', 0, MARK_BYTES);
  const other = OTHER_FORMATS.find(([begins]) => begin === begins);
  if (other !== undefined) throw refused(other[1]);
  const mark = MARKS.find(([begins]) => begin.startsWith(begins));
  return new Decoding(mark?.[1] ?? otherwise, mark !== undefined);
}

/** One file on its way out of its encoding. */
class Decoding {
  readonly #encoding: string;
  readonly #marked: boolean;
  readonly #text: TextDecoder;
  readonly #lineEnd: Buffer;
  #lines = 0;
  /** Whether all of it could be UTF-8 as well: ASCII is the same in both. */
  #mayBeUtf8: 'ascii' | 'yes' | 'no' = 'ascii';

  constructor(encoding: string, marked: boolean) {
    this.#encoding = encoding;
    this.#marked = marked;
    this.#text = decoderOf(encoding);
    this.#lineEnd = Buffer.from(encoding === 'utf-16le' ? '0a00' : encoding === 'utf-16be' ? '000a' : '0a', 'hex');
  }

  /** How many bytes of these are whole lines. */
  wholeLines(bytes: Buffer): number {
    const { length } = this.#lineEnd;
    let at = bytes.lastIndexOf(this.#lineEnd);
    while (at > 0 && at % length !== 0) at = bytes.lastIndexOf(this.#lineEnd, at - 1);
    return at < 0 ? 0 : at + length;
  }

  decoded(bytes: Buffer): Buffer {
    this.#look(bytes);
    const decoded = textOf(this.#text, bytes);
    if (decoded === undefined) throw this.#notText(bytes);
    this.#lines += countLines(decoded);
    return this.#encoding === 'utf-8' ? bytes : Buffer.from(decoded, 'utf8');
  }

  /** Nothing may be left of a character. */
  end(): void {
    if (textOf(this.#text) === undefined) throw this.#notText(Buffer.alloc(0));
    if (this.#encoding === 'utf-8' || this.#marked || this.#mayBeUtf8 !== 'yes') return;
    const remedy = 'save it with a byte order mark (in table programs: CSV UTF-8)';
    throw refused(`it is UTF-8 where INCOMING_ENCODING says ${this.#encoding}: ${remedy}`);
  }

  #look(bytes: Buffer): void {
    if (this.#encoding === 'utf-8' || this.#mayBeUtf8 === 'no') return;
    // in UTF-16 each comma and line end has one
    if (this.#lineEnd.length > 1 && !bytes.includes(0)) throw this.#notText(bytes);
    if (!isUtf8(bytes) || bytes.includes(0)) this.#mayBeUtf8 = 'no';
    else if (!isAscii(bytes)) this.#mayBeUtf8 = 'yes';
  }

  #notText(bytes: Buffer): AppError {
    const line = this.#lines + 1 + this.#linesThatAre(bytes);
    if (this.#marked) return refused(`line ${line} is not ${this.#encoding} as its byte order mark says`);
    if (this.#encoding !== 'utf-8') return refused(`line ${line} is not ${this.#encoding} as INCOMING_ENCODING says`);
    return refused(`line ${line} is not UTF-8: save it as CSV (UTF-8) or set INCOMING_ENCODING`);
  }

  /** How many lines there are before the first that is not text. */
  #linesThatAre(bytes: Buffer): number {
    let lines = 0;
    for (let from = 0; ; lines += 1) {
      const length = this.#lineLength(bytes.subarray(from));
      if (length === 0) return lines;
      const text = decoderOf(this.#encoding);
      const line = bytes.subarray(from, from + length);
      if (textOf(text, line) === undefined || textOf(text) === undefined) return lines;
      from += length;
    }
  }

  #lineLength(bytes: Buffer): number {
    const { length } = this.#lineEnd;
    let at = bytes.indexOf(this.#lineEnd);
    while (at > 0 && at % length !== 0) at = bytes.indexOf(this.#lineEnd, at + 1);
    return at < 0 ? 0 : at + length;
  }
}

function decoderOf(encoding: string): TextDecoder {
  return new TextDecoder(encoding, { fatal: true });
}

/** Text in this encoding, and in no other that happens to pass for it; without `bytes` what is left of a character is looked at. */
function textOf(text: TextDecoder, bytes?: Buffer): string | undefined {
  try {
    // whole bytes at once go another way in Node 20, which takes windows-1252 for ISO-8859-1
    const decoded = text.decode(bytes, { stream: bytes !== undefined });
    return (text.encoding === 'utf-8' ? decoded.includes('\0') : NO_CHARACTER.test(decoded)) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
