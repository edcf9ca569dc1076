import { deserialize, serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../src/programme/files.ts';
import { readProgramme } from '../../src/programme/read.ts';
import { createReadings } from '../../src/programme-in-use/readings.ts';
import { shippedFiles } from '../support/shipped-programme.ts';

const files = shippedFiles();
const whole = readProgramme(files);
const keptAs = (reading: unknown, of = fingerprintOf(files)) => ({
  of,
  reading: serialize(reading).toString('base64'),
});

it('the build can keep what the shipped programme says: nothing is lost on the way', () => {
  expect(whole).toHaveProperty('programme');
  expect(deserialize(serialize(whole))).toEqual(whole);
});

it('what was read at the build is not read again, and other files are', () => {
  const kept = { programme: { name: 'as the build has read it' } };
  expect(createReadings(keptAs(kept))(files)).toEqual(kept);
  const [first, ...others] = files;
  const changed = first === undefined ? [] : [{ ...first, bytes: Buffer.from('name: [') }, ...others];
  expect(createReadings(keptAs(kept))(changed)).toHaveProperty('mistakes');
});

it('what another V8 has kept, or nothing, is read as ever', () => {
  const broken = { of: fingerprintOf(files), reading: Buffer.from('of tomorrow').toString('base64') };
  for (const kept of [broken, undefined]) expect(createReadings(kept)(files)).toEqual(whole);
});
