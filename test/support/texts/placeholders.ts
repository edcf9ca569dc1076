import { IntlMessageFormat } from 'intl-messageformat';

/** The kinds of parts into which something is put: of a message as it was read. */
const isPlace = (type: unknown): boolean => typeof type === 'number' && type > 0 && type < 7;

/** The names of what is put into a message, in order; throws where it cannot be read. */
export function placeholders(message: string): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      const { type, value: name } = value as { type?: unknown; value?: unknown };
      if (isPlace(type) && typeof name === 'string') found.add(name);
      visit(Object.values(value));
    }
  };
  visit(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}
