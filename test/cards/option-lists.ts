import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import type { Options } from './draw-card.ts';

/** Up to this many options are printed with their field. */
const FEW = 3;

/** The long lists of options that many forms share: each gets a name, and is printed once for all languages. */
export class OptionLists {
  /** By name of list; the second list of a field has another name than the first. */
  readonly #lists = new Map<Language, Map<string, Options>>();

  /** The name of this list; undefined for a short one. */
  nameIn(language: Language, field: string, options: Options): string | undefined {
    if (options.length <= FEW) return undefined;
    const lists = this.#lists.get(language) ?? new Map<string, Options>();
    this.#lists.set(language, lists);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? field : `${field} ${number}`;
      const known = lists.get(name);
      if (known === undefined) lists.set(name, options);
      if (known === undefined || isSame(known, options)) return `options: ${name}`;
    }
  }

  /** Every list that was named: an option a line, its words in every language, its value last. */
  page(): string {
    const names = new Set(LANGUAGES.flatMap((language) => [...(this.#lists.get(language)?.keys() ?? [])]));
    return [...names].map((name) => this.#section(name)).join('\n');
  }

  #section(name: string): string {
    const inEach = LANGUAGES.map((language) => this.#lists.get(language)?.get(name) ?? []);
    const most = Math.max(...inEach.map(({ length }) => length));
    const lines = Array.from({ length: most }, (_, index) => {
      const option = inEach.map((options) => options[index]);
      const values = new Set(option.map((one) => one?.value ?? 'none'));
      return `${option.map((one) => one?.text ?? '–').join(' | ')}  [${[...values].join(' or ')}]`;
    });
    return `#### ${name}\n\n${lines.join('\n')}\n`;
  }
}

function isSame(some: Options, others: Options): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}
