import { nameOf } from './doc.ts';
import { asDoc, isNumber } from './values.ts';

/** How many bytes a value has, by its type, where all of that type have as many. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [0x01, 8],
  [0x06, 0],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);
const [DOCUMENT, ARRAY, CODE_WITH_SCOPE, BINARY, REGEX, POINTER] = [0x03, 0x04, 0x0f, 0x05, 0x0b, 0x0c];

/**
 * What picks out of a stored document the fields that a projection names, without decoding it; undefined where it does not only name whole fields.
 * What is stored was looked through when it was written.
 */
export function rawProjection(spec: unknown): ((raw: Buffer) => Buffer) | undefined {
  const named = Object.entries(asDoc(spec, 'projection')).map(([key, of]) => ({ name: nameOf(key), of }));
  if (named.length === 0 || !named.every(({ name, of }) => !name.includes('.') && isOn(of))) return undefined;
  const names = new Set(['_id', ...named.map(({ name }) => Buffer.from(name, 'utf8').toString('latin1'))]);
  return (raw) => picked(raw, names);
}

function isOn(of: unknown): boolean {
  return of === true || (isNumber(of) && Number(String(of)) !== 0);
}

/** `names`: their bytes, a letter each. Goes no further than to the last of them. */
function picked(raw: Buffer, names: ReadonlySet<string>): Buffer {
  const room = Buffer.allocUnsafe(raw.length);
  let [to, left] = [4, names.size];
  const end = raw.length - 1;
  for (let at = 4; at < end && left > 0; ) {
    const zero = raw.indexOf(0, at + 1);
    const next = zero + 1 + sizeOf(raw, raw[at] ?? 0, zero + 1);
    if (names.has(raw.toString('latin1', at + 1, zero))) {
      to += raw.copy(room, to, at, next);
      left -= 1;
    }
    at = next;
  }
  room[to++] = 0;
  room.writeInt32LE(to, 0);
  return room.subarray(0, to);
}

/** How many bytes the value of a type has that begins there. */
function sizeOf(raw: Buffer, type: number, at: number): number {
  const fixed = SIZES.get(type);
  if (fixed !== undefined) return fixed;
  if (type === REGEX) return raw.indexOf(0, raw.indexOf(0, at) + 1) + 1 - at;
  const said = raw.readInt32LE(at);
  if (type === DOCUMENT || type === ARRAY || type === CODE_WITH_SCOPE) return said;
  if (type === BINARY) return 5 + said;
  return 4 + said + (type === POINTER ? 12 : 0);
}
