import { Double, Int32 } from 'bson';
import { add } from './arithmetic.ts';
import { compileExpression, type Expression } from './expression.ts';
import { MongoError } from './mongo-error.ts';
import { compareValues, orderedKey } from './ordered-key.ts';
import { type Doc, isDoc, isNumber } from './values.ts';

interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => {
    let sum: unknown = new Int32(0);
    return {
      add: (value) => {
        if (isNumber(value)) sum = add(sum, value);
      },
      result: () => sum,
    };
  },
  $avg: () => {
    let sum: unknown = new Double(0);
    let count = 0;
    return {
      add: (value) => {
        if (!isNumber(value)) return;
        sum = add(sum, value);
        count++;
      },
      result: () => (count === 0 ? null : new Double(Number(String(sum)) / count)),
    };
  },
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => {
    const values: unknown[] = [];
    return { add: (value) => void (values.length === 0 && values.push(value)), result: () => values[0] ?? null };
  },
  $last: () => {
    let last: unknown;
    return {
      add: (value) => {
        last = value;
      },
      result: () => last ?? null,
    };
  },
  $push: () => {
    const values: unknown[] = [];
    return { add: (value) => void (value !== undefined && values.push(value)), result: () => values };
  },
  $addToSet: () => {
    const values = new Map<string, unknown>();
    return {
      add: (value) => {
        if (value !== undefined) values.set(orderedKey(value).toString('latin1'), value);
      },
      result: () => [...values.values()],
    };
  },
};

function extreme(sign: 1 | -1): Accumulator {
  let best: unknown = null;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === null || compareValues(value, best) * sign > 0) best = value;
    },
    result: () => best,
  };
}

/** Compiles a `$group`; BadValue for accumulators outside the cut. */
export function compileGroup(spec: unknown): (docs: Iterable<Doc>) => Generator<Doc> {
  if (!isDoc(spec)) throw new MongoError('BadValue', "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id')) throw new MongoError('BadValue', 'a group specification must include an _id');
  const id = compileExpression(spec._id);
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, accumulator]) => ({ name, ...compileAccumulator(name, accumulator) }));
  return function* group(docs) {
    const groups = new Map<string, { id: unknown; parts: Accumulator[] }>();
    for (const doc of docs) {
      const value = id(doc) ?? null;
      const key = orderedKey(value).toString('latin1');
      const found = groups.get(key) ?? { id: value, parts: fields.map(({ make }) => make()) };
      groups.set(key, found);
      for (const [place, part] of found.parts.entries()) part.add(fields[place]?.of(doc));
    }
    for (const { id: _id, parts } of groups.values()) {
      yield { _id, ...Object.fromEntries(parts.map((part, place) => [fields[place]?.name ?? '', part.result()])) };
    }
  };
}

function compileAccumulator(name: string, spec: unknown): { make: () => Accumulator; of: Expression } {
  const [operator, second] = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || !operator || second || name.includes('.') || name.startsWith('$')) {
    throw new MongoError('BadValue', `The field '${name}' must be an accumulator object`);
  }
  const argument = spec[operator];
  if (operator === '$count') {
    if (!isDoc(argument) || Object.keys(argument).length > 0)
      throw new MongoError('BadValue', '$count takes no arguments');
    return { make: counted, of: () => new Int32(1) };
  }
  const make = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (!make) throw new MongoError('BadValue', `unknown group operator '${operator}'`);
  if (Array.isArray(argument)) throw new MongoError('BadValue', `The ${operator} accumulator is a unary operator`);
  return { make, of: compileExpression(argument) };
}

function counted(): Accumulator {
  const sum = ACCUMULATORS.$sum;
  if (!sum) throw new MongoError('BadValue', 'no $sum');
  return sum();
}
