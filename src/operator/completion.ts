/** The command line as far as a shell has to know it. */
export interface CommandLine {
  /** Where the product lies. */
  readonly root: string;
  /** Every command as it is typed: `iso create --email <e-mail> [--country <country>]`. */
  readonly usages: readonly string[];
}

/** Holds everywhere. */
const ALWAYS = ['--json', '--verbose', '--help'];

/** For bash, and for zsh by its own `bashcompinit`: a function `op` that runs the commands, and what completes its words and options. */
export function completionScript({ root, usages }: CommandLine): string {
  const next = new Map<string, Set<string>>([['', new Set(ALWAYS)]]);
  for (const usage of usages) {
    const words = namesIn(usage);
    for (const [at, word] of words.entries()) add(next, words.slice(0, at).join(' '), [word]);
    add(next, words.join(' '), [...optionsIn(usage), ...ALWAYS]);
  }
  // the longest first: a shell takes the first pattern that fits
  const cases = [...next].toSorted(([one], [other]) => other.length - one.length).map(caseOf);
  return [
    `op() { npm --prefix '${root}' run --silent op -- "$@"; }`,
    'if [ -n "$ZSH_VERSION" ]; then autoload -U +X compinit bashcompinit && compinit && bashcompinit; fi',
    '_op() {',
    '  local typed="${COMP_WORDS[*]:1:$((COMP_CWORD - 1))}" words=""',
    '  case "$typed" in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _op op',
  ].join('\n');
}

function namesIn(usage: string): readonly string[] {
  const words = usage.split(' ');
  const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  return end === -1 ? words : words.slice(0, end);
}

function optionsIn(usage: string): readonly string[] {
  return usage.match(/--[a-z-]+/g) ?? [];
}

function add(next: Map<string, Set<string>>, before: string, words: readonly string[]): void {
  const known = next.get(before) ?? new Set();
  for (const word of words) known.add(word);
  next.set(before, known);
}

function caseOf([before, words]: readonly [string, ReadonlySet<string>]): string {
  const pattern = before === '' ? "''" : `'${before}'|'${before} '*`;
  return `    ${pattern}) words='${[...words].join(' ')}' ;;`;
}
