import { type CardData, isRecord } from './card-data.ts';
import { evaluate } from './expression/evaluate.ts';
import { ExpressionError, parseExpression } from './expression/parse.ts';
import type { CardTemplate, Json } from './template.ts';

/** One item of a loop, and what its list is called. */
export interface LoopItem {
  /** The path of the list in the template's own spelling, with `[0]`: `items[0]`. */
  readonly prefix: string;
  readonly item: Json;
  readonly index: number;
}

/** The values of local variables by name; what is absent is empty. */
export type LocalValues = Readonly<Record<string, Json>>;

export interface ScopeParts {
  readonly template: Pick<CardTemplate, 'locals' | 'expressions'>;
  readonly data: CardData;
  readonly local?: LocalValues | undefined;
  readonly loops?: readonly LoopItem[] | undefined;
  /** What a request was answered with, for what follows it: `{cardData, cardPrivateData}`. */
  readonly event?: Json | undefined;
}

/** A chain of expressions that name each other goes no deeper. */
const DEEPEST = 16;

/** Where a variable is looked up: loops, local variables, expressions, the card's data. */
export class Scope {
  readonly #parts: ScopeParts;
  readonly #depth: number;

  constructor(parts: ScopeParts, depth = 0) {
    this.#parts = parts;
    this.#depth = depth;
  }

  get loops(): readonly LoopItem[] {
    return this.#parts.loops ?? [];
  }

  get item(): Json | undefined {
    return this.loops.at(-1)?.item;
  }

  get index(): number | undefined {
    return this.loops.at(-1)?.index;
  }

  /** The scope of one item of the list that `variable` names. */
  within(variable: string, item: Json, index: number): Scope {
    return new Scope(
      { ...this.#parts, loops: [...this.loops, { prefix: `${variable}[0]`, item, index }] },
      this.#depth,
    );
  }

  /** The type of a local variable, as the template declares it. */
  typeOfLocal(name: string): string | undefined {
    return this.#parts.template.locals.find((one) => one.name === name)?.type;
  }

  /**
   * `title`, `formInfo.tag`, `loop.text` (the innermost item), `items[0].action` (the item of that loop), a local variable, an
   * expression, `event.cardData.url` (a request's answer).
   */
  value(variable: string): Json | undefined {
    if (variable === '') return undefined;
    const { template, data, local = {}, event } = this.#parts;
    for (const { prefix, item } of this.loops.toReversed()) {
      if (variable === prefix) return item;
      if (variable.startsWith(`${prefix}.`)) return follow(item, variable.slice(prefix.length + 1));
    }
    const [root = '', ...rest] = variable.split(/(?=[.[])/);
    const path = rest.join('');
    if (root === 'loop') return this.item === undefined ? undefined : follow(this.item, path);
    if (root === 'event' && event !== undefined) return follow(event, path);
    if (this.typeOfLocal(root) !== undefined) return follow(local[root], path);
    const expression = template.expressions.find((one) => one.name === root);
    if (expression !== undefined) return follow(this.#computed(expression.name, expression.content), path);
    return follow(data, variable);
  }

  /** An expression that cannot be computed says so where it would stand. */
  #computed(name: string, content: string): Json | undefined {
    if (this.#depth >= DEEPEST) return `[expression ${name}: it names itself]`;
    try {
      return evaluate(parseExpression(content), new Scope(this.#parts, this.#depth + 1));
    } catch (thrown) {
      if (thrown instanceof ExpressionError) return `[expression ${name}: ${thrown.message}]`;
      throw thrown;
    }
  }
}

function follow(from: Json | undefined, path: string): Json | undefined {
  let at = from;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(step)];
    else if (isRecord(at)) at = Object.hasOwn(at, step) ? at[step] : undefined;
    else return undefined;
  }
  return at;
}
