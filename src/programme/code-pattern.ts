import { RE2JS } from 're2js';

/** Patterns are matched in linear time by RE2; these keep the factor small: a tenth of a second for the longest input. */
const LONGEST_PATTERN = 300;
const LARGEST_PROGRAM = 500;
/** Longer than any QR code holds. */
const LONGEST_INPUT = 8_000;

/** A pattern of a programme, ready to be matched; it takes time in proportion to what it is held against, whatever it says. */
export interface CodePattern {
  /** The serial that `text` names, as it stands there; undefined where the pattern does not match. */
  serialIn(text: string): string | undefined;
}

/** Compiles a pattern, or says what is wrong with it. */
export function compilePattern(written: string, ignoreCase: boolean): CodePattern | { readonly wrong: string } {
  if (written.length > LONGEST_PATTERN)
    return { wrong: `is longer than ${LONGEST_PATTERN} characters: write a shorter one` };
  if (!written.startsWith('^') || !written.endsWith('$'))
    return { wrong: 'must begin with ^ and end with $: a code is read as a whole' };
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(written, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return { wrong: `is no pattern: ${why}. Look-ahead, look-behind and \\1 are not known; a repeat counts to 1000` };
  }
  if (!Object.hasOwn(compiled.namedGroups(), 'serial'))
    return { wrong: 'has no serial: put what names the code in (?<serial>…)' };
  if (compiled.programSize() > LARGEST_PROGRAM)
    return { wrong: 'takes too long to match: write fewer or smaller repeats' };
  return {
    serialIn(text) {
      if (text.length > LONGEST_INPUT) return undefined;
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return matcher.group('serial') || undefined;
    },
  };
}
