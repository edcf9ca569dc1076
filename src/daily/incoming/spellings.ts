/** What a cell holds, where it may be spelled otherwise than documented: as table programs and other tools write it. */
export type Spelling = 'key' | 'flag' | 'whole' | 'word' | 'list' | 'day' | 'time';

/** The first that is neither an apostrophe nor what nobody sees, and the first that somebody sees. */
const [WORD, SEEN] = [/[^'\p{Cf}\s]/u, /[^\p{Cf}\s]/u];
/** Looked for once in each stretch, from where it begins: a cell may be long, and all of one kind. */
const UNSEEN_END = /(?<![\p{Cf}\s])[\p{Cf}\s]+$/u;
const FLAGS: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', '1'].map((word) => [word, 'true'] as const),
  ...['false', 'no', '0'].map((word) => [word, 'false'] as const),
]);
/** Two noughts behind its point at most: `1.000` may be a thousand. */
const WHOLE = /^\+?(\d+)(?:[.,]0{1,2})?$/;
const NOUGHTS_BEFORE = /^0+(?=\d)/;
/** The year first, so that nobody can take the day for the month; the midnight that some programs add to a day says nothing. */
const DAY = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]0?0:00(?::00(?:\.0+)?)?)?$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i;

/** What is surely spelled as documented, which most cells are: to look for what could be otherwise costs as much as to read the rest of a row. */
const DOCUMENTED: Readonly<Record<Spelling, RegExp>> = {
  key: /^[!-&(-~]+$/,
  flag: /^(?:true|false)$/,
  whole: /^(?:0|[1-9]\d*)$/,
  word: /^[A-Z_]+$/,
  list: /^[A-Z_]+(?:\|[A-Z_]+)*$/,
  day: /^\d{4}-\d\d-\d\d$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/,
};

/**
 * A cell in the documented form, where it can mean one thing only; else as it came, for the format to refuse: `TRUE` is `true`, `1.0`
 * is `1`, `2026/5/3` is `2026-05-03`, and `03/05/2026`, which is one of two days, stays.
 */
export function asDocumented(cell: string, spelling: Spelling): string {
  return DOCUMENTED[spelling].test(cell) ? cell : documented(cell, spelling);
}

function documented(cell: string, spelling: Spelling): string {
  const bare = bareOf(cell);
  switch (spelling) {
    case 'key':
      return bare;
    case 'flag':
      return FLAGS.get((wholeIn(bare) ?? bare).toLowerCase()) ?? bare;
    case 'whole':
      return wholeIn(bare) ?? bare;
    case 'word':
      return bare.toUpperCase().replace(/(?<=[\p{L}\p{N}])[\s-]+(?=[\p{L}\p{N}])/gu, '_');
    case 'list':
      return bare
        .split(/[|;,]/)
        .map((one) => one.trim())
        .join('|');
    case 'day':
      return bare.replace(DAY, (_, year, _mark, month, day) => [year, two(month), two(day)].join('-'));
    case 'time':
      return bare.replace(TIME, (_, day, time, zone) => `${day}T${time.replace(',', '.')}${zoneOf(zone)}`);
  }
}

/** Without what nobody sees around it, and the apostrophes that a table program puts before a text so that it stays one. */
function bareOf(cell: string): string {
  const [word, seen] = [cell.search(WORD), cell.search(SEEN)];
  return seen < 0 ? '' : cell.slice(word < 0 ? seen : word).replace(UNSEEN_END, '');
}

function wholeIn(bare: string): string | undefined {
  return WHOLE.exec(bare)?.[1]?.replace(NOUGHTS_BEFORE, '');
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function zoneOf(zone: string): string {
  if (/^[a-z]/i.test(zone)) return 'Z';
  const [, sign = '+', hours = '', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${sign}${hours}:${minutes}`;
}
