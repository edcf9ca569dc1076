import { BSON } from 'bson';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode } from '../src/engine/bson-reader.ts';
import { encode } from '../src/engine/bson-writer.ts';
import { compileProjection } from '../src/engine/projection.ts';
import { rawProjection } from '../src/engine/raw-projection.ts';
import { document, scalar, value } from './arbitrary.ts';

const {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} = BSON;

const id = new ObjectId('65f000000000000000000001');
const ofEachType = fc.oneof(
  scalar,
  value,
  document,
  fc.constantFrom(
    new Double(1),
    new Long(5, 7),
    new Decimal128('1.50'),
    new Timestamp({ t: 3, i: 4 }),
    new Binary(Buffer.from('bytes'), 0),
    new Binary(Buffer.from([3, 0, 0, 0, 1, 2, 3]), 2),
    new UUID('9c3f1f5e-0f0c-4a9b-8a58-0d7d6d4c2b11'),
    new BSONRegExp('a.b', 'im'),
    new BSONSymbol('symbol'),
    new Code('() => 1'),
    new Code('() => x', { x: 1 }),
    new DBRef('spots', id),
    id,
    new MinKey(),
    new MaxKey(),
    'ไทย',
  ),
);
const name = fc.constantFrom('_id', 'a', 'b', 'aa', 'ไทย', 'é', '7', '__proto__', 'constructor');
const stored = fc.uniqueArray(fc.tuple(name, ofEachType), { selector: ([of]) => of, maxLength: 9 }).map((fields) => {
  const doc = new Map(fields);
  return Buffer.from(BSON.serialize(doc));
});
const asked = fc
  .uniqueArray(
    name.filter((of) => of !== '__proto__'),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) => {
    return decode(
      BSON.serialize(new Map(names.map((of, place): [string, unknown] => [of, place % 2 === 0 ? 1 : true]))),
    );
  });

it('what is picked out of stored bytes is what is picked out of the document', () => {
  fc.assert(
    fc.property(stored, asked, (raw, spec) => {
      const project = compileProjection(spec);
      expect(rawProjection(spec)?.(raw)).toEqual(project && encode(project(decode(raw))));
    }),
    { numRuns: 1_000 },
  );
});

it('what leaves fields out, or looks into one, is left to whoever decodes', () => {
  for (const spec of [{}, { a: 0 }, { _id: 0, a: 1 }, { a: false }, { 'a.b': 1 }, { a: { b: 1 } }])
    expect([spec, rawProjection(decode(BSON.serialize(spec)))]).toEqual([spec, undefined]);
});
