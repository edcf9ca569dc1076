import { parsePhone } from './phone.ts';

/** Why a line names nobody who can be invited. */
export type StaffLineProblem = 'noPhone' | 'notAPhone' | 'twoPhones' | 'noName' | 'nameTooLong' | 'twice';

export interface ListedPerson {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
}

export interface WrongLine {
  readonly typed: string;
  readonly problem: StaffLineProblem;
}

/** What a pasted staff list says: whom to invite, and the lines that say it not, as typed. */
export interface StaffList {
  readonly people: readonly ListedPerson[];
  readonly wrong: readonly WrongLine[];
  /** The lines past `MOST_LINES`, not read yet. */
  readonly rest: readonly string[];
}

export const LONGEST_STAFF_NAME = 60;
/** As many as are invited with one tap, within the time that it has. */
export const MOST_LINES = 50;
/** A line that is longer is none of a list of people. */
const LONGEST_LINE = 160;
/** From here on stands what was wrong with a line that came back. */
const NOTE = ' ← ';

const FEWEST_DIGITS = 6;
/** E.164 has 15 at most; `00` in front, and the `0` that is left out abroad. */
const MOST_DIGITS = 18;
/** More words than any way of writing a number has, with a row number before it. */
const MOST_WORDS = 10;
/** How many parts of a line are tried as a number: a person's line needs two or three. */
const MOST_TRIES = 24;

/** Reads what is written as a phone number of `country`: E.164, or undefined when it is none. */
export type ReadPhone = (written: string, country: string) => string | undefined;

/**
 * Reads a staff list as people paste it from a sheet or a chat: one person a line, name and phone in any order, parted by tabs,
 * commas or blanks, in any spelling of a number of `country` (ISO 3166-1) or of another with its code. A phone named twice counts
 * once. What a person wrote is never thrown away: a line that cannot be read comes back as typed. `readPhone` is asked at most
 * `MOST_TRIES` times a line, whatever stands in it.
 */
export function readStaffList(text: string, country: string, readPhone: ReadPhone = parsePhone): StaffList {
  const lines = text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => (line.split(NOTE)[0] ?? '').trim())
    .filter((line) => line !== '');
  const people: ListedPerson[] = [];
  const wrong: WrongLine[] = [];
  for (const typed of lines.slice(0, MOST_LINES)) {
    const read = readLine(typed, (written) => readPhone(written, country));
    if (typeof read === 'string') wrong.push({ typed, problem: read });
    else if (people.some(({ phone }) => phone === read.phone)) wrong.push({ typed, problem: 'twice' });
    else people.push(read);
  }
  return { people, wrong, rest: lines.slice(MOST_LINES) };
}

/** A line that comes back, with what was wrong; read again, what was wrong is left out. */
export function lineWithNote(typed: string, note: string): string {
  return `${typed}${NOTE}${note}`;
}

function readLine(typed: string, readPhone: (written: string) => string | undefined): ListedPerson | StaffLineProblem {
  if (typed.length > LONGEST_LINE) return 'nameTooLong';
  const line = typed.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const found = phonesIn(line, readPhone);
  const [first] = found;
  if (first === undefined) return digitsIn(line) >= FEWEST_DIGITS ? 'notAPhone' : 'noPhone';
  if (found.some(({ phone }) => phone !== first.phone)) return 'twoPhones';
  const name = nameIn(found.reduce((rest, { written }) => rest.replace(written, '\t'), line));
  if (!/\p{L}/u.test(name)) return 'noName';
  return name.length > LONGEST_STAFF_NAME ? 'nameTooLong' : { name, phone: first.phone };
}

/** The phone numbers of a line: of each run of digits and what stands between them, the longest part that is one. */
function phonesIn(
  line: string,
  readPhone: (written: string) => string | undefined,
): { written: string; phone: string }[] {
  const runs = line.match(/[+(]*\p{Nd}[\p{Nd}+ ().\-‐-–/]*\p{Nd}/gu) ?? [];
  let tries = 0;
  return runs.flatMap((run) => {
    for (const written of partsOf(run)) {
      tries += 1;
      if (tries > MOST_TRIES) return [];
      const phone = readPhone(written);
      if (phone !== undefined) return { written, phone };
    }
    return [];
  });
}

/** What of a run may be a number by how many digits it has, the longest first. */
function* partsOf(run: string): Iterable<string> {
  const words = run.split(' ', MOST_WORDS);
  for (let length = words.length; length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const written = words.slice(start, start + length).join(' ');
      const digits = digitsIn(written);
      if (digits >= FEWEST_DIGITS && digits <= MOST_DIGITS) yield written;
    }
  }
}

/** What is left of a line without its number, without a row number, quotes and separators. */
function nameIn(rest: string): string {
  return rest
    .replace(/["“”]/g, '')
    .replace(/[\t,;|，；、]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^\s*(?:\p{Nd}{1,3}[.)]?\s+)?[\s:=–-]*/u, '')
    .replace(/[\s:=–-]+$/, '');
}

function digitsIn(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}
