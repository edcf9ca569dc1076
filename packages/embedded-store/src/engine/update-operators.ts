import { Int32, Timestamp } from 'bson';
import { type Doc, isDoc } from './doc.ts';
import { parseElement } from './filter.ts';
import { badValue, failedToParse, typeMismatch } from './mongo-error.ts';
import { keyOf, parseOrder } from './order.ts';
import { compareValues, equalValues, inverted, orderedKey } from './ordered-key.ts';
import { add, asInteger, isNumber, multiply } from './values.ts';

/** What an operator makes of a field's old value; undefined is a missing one. The old value itself changes nothing. */
export type Change = (old: unknown) => unknown;

/** What updates can do to a field, by operator: `argument`, where, and when. `$rename` is two changes, made elsewhere. */
export const UPDATE_OPERATORS: Readonly<Record<string, (argument: unknown, path: string, now: number) => Change>> = {
  $set: (argument) => () => argument ?? null,
  $setOnInsert: (argument) => () => argument ?? null,
  $unset: () => () => undefined,
  $min: (argument) => (old) => (old === undefined || compareValues(argument, old) < 0 ? argument : old),
  $max: (argument) => (old) => (old === undefined || compareValues(argument, old) > 0 ? argument : old),
  $inc: (by, path) => (old) =>
    old === undefined ? numbers(by, by, path) && by : numbers(old, by, path) && add(old, by),
  $mul: (by, path) => (old) => {
    const factor = old === undefined ? new Int32(0) : old;
    return numbers(factor, by, path) && multiply(factor, by);
  },
  $currentDate: (argument, _path, now) => () => currentDate(argument, now),
  $push: (argument, path) => {
    const { values, place, most, order } = pushed(argument);
    return (old) => {
      const known = arrayAt(old, path);
      const start = place < 0 ? Math.max(0, known.length + place) : place;
      const longer = [...known.slice(0, start), ...values, ...known.slice(start)];
      const inOrder = order ? order(longer) : longer;
      return most < 0 ? inOrder.slice(most) : inOrder.slice(0, most);
    };
  },
  $addToSet: (argument, path) => {
    const added = each(argument, '$addToSet').values;
    return (old) => {
      const array = [...arrayAt(old, path)];
      for (const value of added) if (!array.some((known) => equalValues(known, value))) array.push(value);
      return array;
    };
  },
  $pop: (argument, path) => {
    const end = asInteger(argument, '$pop');
    if (end !== 1 && end !== -1) throw failedToParse('$pop expects 1 or -1');
    return (old) => (old === undefined ? old : arrayAt(old, path).slice(...(end === 1 ? [0, -1] : [1])));
  },
  $pull: (argument, path) => {
    const matches = isDoc(argument) ? parseElement(argument) : (element: unknown) => equalValues(element, argument);
    return (old) => (old === undefined ? old : arrayAt(old, path).filter((element) => !matches(element)));
  },
  $pullAll: (argument, path) => {
    if (!Array.isArray(argument)) throw badValue('$pullAll requires an array argument');
    const isOne = (element: unknown): boolean => argument.some((one) => equalValues(element, one));
    return (old) => (old === undefined ? old : arrayAt(old, path).filter((element) => !isOne(element)));
  },
};

function numbers(old: unknown, by: unknown, path: string): true {
  if (isNumber(by) && isNumber(old)) return true;
  throw typeMismatch(`Cannot apply to a value that is no number: ${path}`);
}

function currentDate(argument: unknown, now: number): unknown {
  const type = isDoc(argument) && Object.keys(argument).length === 1 ? argument.$type : argument === true ? 'date' : '';
  if (type === 'date') return new Date(now);
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(now / 1_000), i: 1 });
  throw badValue("$currentDate needs true, or a $type of 'date' or 'timestamp'");
}

type Pushed = { values: unknown[]; place: number; most: number; order: ((array: unknown[]) => unknown[]) | undefined };

function pushed(argument: unknown): Pushed {
  const { values, $position, $slice, $sort, ...others } = each(argument, '$push');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`);
  const most = asInteger($slice, '$slice') ?? Number.POSITIVE_INFINITY;
  // slice(-0) would be all
  const place = asInteger($position, '$position') ?? Number.POSITIVE_INFINITY;
  return { values, place, most, order: $sort === undefined ? undefined : arrayOrder($sort) };
}

function each(argument: unknown, name: string): Doc & { values: unknown[] } {
  if (!isDoc(argument) || !Object.keys(argument).some((key) => key.startsWith('$'))) return { values: [argument] };
  const { $each: values, ...others } = argument;
  if (!Array.isArray(values)) throw badValue(`${name} needs $each with an array`);
  if (name === '$addToSet' && Object.keys(others).length > 0) throw badValue(`${name} has only $each`);
  return { ...others, values };
}

/** The order of `$sort` in `$push`: of the elements themselves, or by their fields. */
function arrayOrder(spec: unknown): (array: unknown[]) => unknown[] {
  const order = isDoc(spec) ? parseOrder(spec) : [];
  const direction = isDoc(spec) ? 1 : asInteger(spec, '$sort');
  if (direction !== 1 && direction !== -1) throw badValue('$sort has only 1 and -1');
  const keyFor = (element: unknown): Buffer => {
    if (order.length > 0) return keyOf(order, isDoc(element) ? element : {});
    return direction === 1 ? orderedKey(element) : inverted(orderedKey(element));
  };
  return (array) => {
    const keyed = array.map((element) => ({ element, key: keyFor(element) }));
    return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ element }) => element);
  };
}

function arrayAt(old: unknown, path: string): unknown[] {
  if (old !== undefined && !Array.isArray(old)) throw badValue(`The field '${path}' must be an array`);
  return old ?? [];
}
