import { asText } from '../as-text.ts';
import type { Json } from '../template.ts';
import { FUNCTIONS, type Surroundings } from './functions.ts';
import { type Expression, ExpressionError } from './parse.ts';

/** The value of an expression; throws `ExpressionError` for a function that is not played here. */
export function evaluate(expression: Expression, around: Surroundings): Json | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return expression.items.map((item) => evaluate(item, around) ?? null);
    case 'variable':
      return around.value(expression.path);
    case 'member':
      return member(evaluate(expression.of, around), evaluate(expression.key, around));
    case 'call': {
      const run = FUNCTIONS[expression.name];
      if (run === undefined) throw new ExpressionError(`${expression.name}() is not played here`);
      const args = expression.args.map((arg) => evaluate(arg, around));
      return run(args, around);
    }
    case 'not':
      return !isTruthy(evaluate(expression.of, around));
    case 'negative':
      return -Number(evaluate(expression.of, around));
    case 'choice':
      return evaluate(isTruthy(evaluate(expression.test, around)) ? expression.yes : expression.no, around);
    case 'binary':
      return binary(expression, around);
  }
}

function binary({ op, left, right }: Extract<Expression, { kind: 'binary' }>, around: Surroundings): Json | undefined {
  const a = evaluate(left, around);
  if (op === '&&') return isTruthy(a) ? evaluate(right, around) : a;
  if (op === '||') return isTruthy(a) ? a : evaluate(right, around);
  const b = evaluate(right, around);
  switch (op) {
    case '==':
    case '===':
      return asText(a) === asText(b);
    case '!=':
    case '!==':
      return asText(a) !== asText(b);
    case '<':
      return Number(a) < Number(b);
    case '<=':
      return Number(a) <= Number(b);
    case '>':
      return Number(a) > Number(b);
    case '>=':
      return Number(a) >= Number(b);
    case '+':
      return typeof a === 'string' || typeof b === 'string' ? asText(a) + asText(b) : Number(a) + Number(b);
    case '-':
      return Number(a) - Number(b);
    case '*':
      return Number(a) * Number(b);
    case '/':
      return Number(a) / Number(b);
    default:
      return Number(a) % Number(b);
  }
}

function member(of: Json | undefined, key: Json | undefined): Json | undefined {
  if (typeof of !== 'object' || of === null) return undefined;
  const values = of as Readonly<Record<string, Json>>;
  const name = asText(key);
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Texts that say a boolean are one: variables travel as text. */
function isTruthy(value: Json | undefined): boolean {
  return value === 'false' ? false : Boolean(value);
}
