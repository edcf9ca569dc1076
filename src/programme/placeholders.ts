import { IntlMessageFormat } from 'intl-messageformat';

/** The names of what is put into a text (`{number}`, `{number, plural, …}`); or why it is no text that can be shown. */
export function placeholdersIn(text: string): ReadonlySet<string> | { readonly wrong: string } {
  // most have none, and to make a format of each is an eighth of reading a programme
  if (!/[{}]/.test(text)) return new Set();
  try {
    const parts: readonly unknown[] = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
    return new Set(parts.flatMap(namesIn));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { wrong: `has a bracket that does not fit ({, }): ${why}` };
  }
}

/** A part names its argument in `value`, but for plain text; its options are texts of their own. */
function namesIn(part: unknown): readonly string[] {
  if (!(part instanceof Object)) return [];
  const { type, value, options } = part as { type?: unknown; value?: unknown; options?: unknown };
  const within = options instanceof Object ? Object.values(options).flatMap(optionParts).flatMap(namesIn) : [];
  const isArgument = type !== 0 && type !== 7 && typeof value === 'string';
  return isArgument ? [value, ...within] : within;
}

function optionParts(option: unknown): readonly unknown[] {
  const value: unknown = option instanceof Object && 'value' in option ? option.value : undefined;
  return Array.isArray(value) ? value : [];
}
