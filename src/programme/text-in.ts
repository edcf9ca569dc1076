import type { Mistake } from './mistake.ts';

/** The most that one file may hold, bytes. */
export const LARGEST_FILE = 1_000_000;

const NEW_LINE = 0x0a;

/** What a file says, without the mark that some editors put before it; or why it is no text in UTF-8, with the line. */
export function textIn(file: string, bytes: Uint8Array): string | Mistake {
  const wrong = (say: string, line = 1, column = 1): Mistake => ({ file, line, column, say });
  if (bytes.length > LARGEST_FILE)
    return wrong(`is larger than ${LARGEST_FILE / 1_000_000} MB: it is no file of a programme.`);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return wrong('is written in UTF-16: save it as UTF-8.');
  const text = decoded(bytes);
  if (text === undefined)
    return wrong('is not written in UTF-8 from this line on: save it as UTF-8.', wrongLine(bytes));
  const control = /[^\P{Cc}\t\n\r]/u.exec(text);
  if (control === null) return text;
  const before = text.slice(0, control.index).split('\n');
  const code = control[0].codePointAt(0)?.toString(16).padStart(4, '0');
  const say = `has a character here that cannot be seen (U+${code}): remove it. The file may be broken.`;
  return wrong(say, before.length, (before.at(-1)?.length ?? 0) + 1);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** No character of UTF-8 goes over the end of a line. */
function wrongLine(bytes: Uint8Array): number {
  let [line, start] = [1, 0];
  for (;;) {
    const end = bytes.indexOf(NEW_LINE, start);
    if (end < 0 || decoded(bytes.subarray(start, end)) === undefined) return line;
    line += 1;
    start = end + 1;
  }
}
