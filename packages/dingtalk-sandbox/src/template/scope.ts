import { type CardData, isRecord } from './card-data.ts';
import type { Json } from './template.ts';

interface Loop {
  /** The path of the list in the template's own spelling, with `[0]`: `items[0]`. */
  readonly prefix: string;
  readonly item: Json;
}

/** Where a variable is looked up: the card's data, and the items of the loops around a component. */
export class Scope {
  readonly #data: CardData;
  readonly #loops: readonly Loop[];

  constructor(data: CardData, loops: readonly Loop[] = []) {
    this.#data = data;
    this.#loops = loops;
  }

  /** The scope of one item of the list that `variable` names. */
  within(variable: string, item: Json): Scope {
    return new Scope(this.#data, [...this.#loops, { prefix: `${variable}[0]`, item }]);
  }

  /** `title`, `formInfo.tag`, `loop.text` (the innermost item), `items[0].action` (the item of that loop). */
  value(variable: string): Json | undefined {
    if (variable === '') return undefined;
    for (const { prefix, item } of this.#loops.toReversed()) {
      if (variable === prefix) return item;
      if (variable.startsWith(`${prefix}.`)) return follow(item, variable.slice(prefix.length + 1));
    }
    const innermost = this.#loops.at(-1);
    if (variable === 'loop') return innermost?.item;
    if (variable.startsWith('loop.')) return innermost && follow(innermost.item, variable.slice('loop.'.length));
    return follow(this.#data, variable);
  }
}

function follow(from: Json, path: string): Json | undefined {
  let at: Json | undefined = from;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(step)];
    else if (isRecord(at)) at = Object.hasOwn(at, step) ? at[step] : undefined;
    else return undefined;
  }
  return at;
}
