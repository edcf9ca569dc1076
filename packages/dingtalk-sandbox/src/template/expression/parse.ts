/** An expression as a tree. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'variable'; readonly path: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not' | 'negative'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression };

/** The text is not an expression that is played here; the message says what was met. */
export class ExpressionError extends Error {}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|([\p{L}_$][\p{L}\p{N}_$]*)|(===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:()[\],.]))/uy;

/** Binary operators by how tightly they bind, loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '===', '!=='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

interface Token {
  readonly kind: 'number' | 'string' | 'name' | 'sign';
  readonly text: string;
}

/** Reads an expression variable's content: literals, lists, members, calls, arithmetic, comparisons, `a ? b : c`. */
export function parseExpression(source: string): Expression {
  const reader = new Reader(tokens(source));
  const expression = reader.choice();
  reader.end();
  return expression;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  const trimmed = source.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < trimmed.length; ) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match === null) throw new ExpressionError(`“${trimmed.slice(at, at + 12)}” is not read here`);
    const [, number, text, name, sign] = match;
    if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (text !== undefined) found.push({ kind: 'string', text: text.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'sign', text: sign ?? '' });
  }
  return found;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  end(): void {
    const left = this.#tokens[this.#at];
    if (left !== undefined) throw new ExpressionError(`“${left.text}” is one too many`);
  }

  choice(): Expression {
    const test = this.#binary(0);
    if (!this.#take('?')) return test;
    const yes = this.choice();
    this.#need(':');
    return { kind: 'choice', test, yes, no: this.choice() };
  }

  #binary(level: number): Expression {
    const ops = LEVELS[level];
    if (ops === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let op = this.#takeOf(ops); op !== undefined; op = this.#takeOf(ops)) {
      left = { kind: 'binary', op, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#take('!')) return { kind: 'not', of: this.#unary() };
    if (this.#take('-')) return { kind: 'negative', of: this.#unary() };
    return this.#members(this.#primary());
  }

  #members(of: Expression): Expression {
    if (this.#take('.')) {
      const name = this.#next();
      if (name?.kind !== 'name') throw new ExpressionError('a name is missing after “.”');
      if (of.kind === 'variable') return this.#members({ kind: 'variable', path: `${of.path}.${name.text}` });
      return this.#members({ kind: 'member', of, key: { kind: 'literal', value: name.text } });
    }
    if (this.#take('[')) {
      const key = this.choice();
      this.#need(']');
      if (of.kind === 'variable' && key.kind === 'literal' && typeof key.value === 'number') {
        return this.#members({ kind: 'variable', path: `${of.path}[${key.value}]` });
      }
      return this.#members({ kind: 'member', of, key });
    }
    return of;
  }

  #primary(): Expression {
    const token = this.#next();
    if (token === undefined) throw new ExpressionError('it ends too early');
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'name') {
      const word = WORDS[token.text];
      if (word !== undefined) return { kind: 'literal', value: word };
      if (this.#take('(')) return { kind: 'call', name: token.text, args: this.#list(')') };
      return { kind: 'variable', path: token.text };
    }
    if (token.text === '[') return { kind: 'list', items: this.#list(']') };
    if (token.text !== '(') throw new ExpressionError(`“${token.text}” stands where a value should`);
    const inner = this.choice();
    this.#need(')');
    return inner;
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#take(close)) return items;
    do items.push(this.choice());
    while (this.#take(','));
    this.#need(close);
    return items;
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #take(sign: string): boolean {
    return this.#takeOf([sign]) !== undefined;
  }

  #takeOf(signs: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#at++;
    return token.text;
  }

  #need(sign: string): void {
    if (!this.#take(sign)) throw new ExpressionError(`“${sign}” is missing`);
  }
}
