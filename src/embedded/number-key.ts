import { Decimal128, type Long } from 'bson';
import { MongoError } from './mongo-error.ts';

const FRACTION_BITS = 96n;

/**
 * A number of any BSON type as bytes in numeric order: the largest double not above it, then (Long and Decimal128 need it)
 * what is left of the way to the next double. NaN comes first.
 */
export function numberKey(value: number | Long | Decimal128): Buffer {
  if (typeof value === 'number') return doubleKey(value, 0n);
  if (value instanceof Decimal128) return decimalKey(value.toString());
  const exact = value.toBigInt();
  const near = Number(exact);
  return Number.isSafeInteger(near) ? doubleKey(near, 0n) : rationalKey(near, exact, 1n);
}

function decimalKey(text: string): Buffer {
  const near = Number(text);
  if (text === 'NaN' || text.endsWith('Infinity')) return doubleKey(near, 0n);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text) ?? [];
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  if (digits === 0n) return doubleKey(0, 0n);
  if (near === 0 || Math.abs(near) >= Number.MAX_VALUE) {
    throw new MongoError('BadValue', `the embedded store cannot compare ${text}: it is beyond the range of a double`);
  }
  const power = Number(exponent) - fraction.length;
  return power >= 0
    ? rationalKey(near, digits * 10n ** BigInt(power), 1n)
    : rationalKey(near, digits, 10n ** BigInt(-power));
}

/** `near` is the double nearest to the fraction, so the largest one not above it is `near` or the one before. */
function rationalKey(near: number, numerator: bigint, denominator: bigint): Buffer {
  const floor = compareTo(near, numerator, denominator) > 0 ? neighbour(near, -1) : near;
  const [low, lowScale] = exact(floor);
  const [high, highScale] = exact(neighbour(floor, 1));
  const gap = high * lowScale - low * highScale;
  const rest = (numerator * lowScale - low * denominator) * highScale;
  return doubleKey(floor, (rest << FRACTION_BITS) / (gap * denominator));
}

function compareTo(double: number, numerator: bigint, denominator: bigint): number {
  const [top, scale] = exact(double);
  const difference = top * denominator - numerator * scale;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** A double as an exact fraction of two integers. */
function exact(double: number): [bigint, bigint] {
  let scale = 1n;
  let value = double;
  while (!Number.isInteger(value)) {
    value *= 2;
    scale *= 2n;
  }
  return [BigInt(value), scale];
}

function neighbour(double: number, step: 1 | -1): number {
  const bytes = Buffer.alloc(8);
  if (double === 0) return step * Number.MIN_VALUE;
  bytes.writeDoubleBE(double);
  bytes.writeBigUInt64BE(bytes.readBigUInt64BE() + BigInt(double > 0 ? step : -step));
  return bytes.readDoubleBE();
}

function doubleKey(double: number, fraction: bigint): Buffer {
  const bytes = Buffer.alloc(fraction === 0n ? 9 : 21);
  if (!Number.isNaN(double)) {
    bytes.writeDoubleBE(double === 0 ? 0 : double);
    const bits = bytes.readBigUInt64BE();
    bytes.writeBigUInt64BE(double < 0 ? BigInt.asUintN(64, ~bits) : bits | (1n << 63n));
  }
  if (fraction === 0n) return bytes;
  bytes.writeUInt8(1, 8);
  bytes.writeBigUInt64BE(fraction >> 32n, 9);
  bytes.writeUInt32BE(Number(fraction & 0xffffffffn), 17);
  return bytes;
}
