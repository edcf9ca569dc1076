import type { Options } from './draw-card.ts';

/** Up to this many options are printed with their field. */
const FEW = 3;

/** The long lists of options that many forms share: each gets a name, and is printed once. */
export class OptionLists {
  /** By name of list; the second list of a field has another name than the first. */
  readonly #lists = new Map<string, Options>();

  /** The name of this list; undefined for a short one. */
  nameOf(field: string, options: Options): string | undefined {
    if (options.length <= FEW) return undefined;
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? field : `${field} ${number}`;
      const known = this.#lists.get(name);
      if (known === undefined) this.#lists.set(name, options);
      if (known === undefined || isSame(known, options)) return `options: ${name}`;
    }
  }

  /** Every list that was named: an option a line, its value last. */
  page(): string {
    return [...this.#lists]
      .map(([name, options]) => {
        const lines = options.map(({ text, value }) => `${text}  [${value}]`);
        return `#### ${name}\n\n${lines.join('\n')}\n`;
      })
      .join('\n');
  }
}

function isSame(some: Options, others: Options): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}
