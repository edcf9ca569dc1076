import { setImmediate as afterThis } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { fileReader } from '../../src/programme/read-file.ts';
import { shippedFiles } from '../support/shipped-programme.ts';

/** Reads `{ n: 1 }`, and tells how often it was. */
function counting() {
  const read: number[] = [];
  const schema = z.strictObject({ n: z.number() }).transform(({ n }) => {
    read.push(n);
    return n;
  });
  const reader = fileReader(schema, 'programme.schema.json');
  return { read, said: (name: string, text: string) => reader(name, Buffer.from(text)) };
}

it('what the same bytes say is read once, and under another name or of other bytes anew', () => {
  const { read, said } = counting();
  const first = said('a.yaml', 'n: 1');
  expect(said('a.yaml', 'n: 1')).toBe(first);
  expect(read).toEqual([1]);
  said('b.yaml', 'n: 1');
  expect(said('a.yaml', 'n: 2')).toMatchObject({ value: 2 });
  expect(read).toEqual([1, 1, 2]);
});

it('of many files those that were asked for last are kept', () => {
  const { read, said } = counting();
  for (let n = 0; n < 40; n += 1) {
    said('a.yaml', `n: ${n}`);
    said('a.yaml', 'n: 0');
  }
  expect(read).toHaveLength(40);
  said('a.yaml', 'n: 1');
  said('a.yaml', 'n: 39');
  expect(read).toEqual([...Array(40).keys(), 1]);
});

it('what is wrong with a file is said each time', () => {
  const { said } = counting();
  const [once, again] = [said('a.yaml', 'n: x'), said('a.yaml', 'n: x')];
  expect(once).toMatchObject({ mistakes: [{ file: 'a.yaml', line: 1, column: 4 }] });
  expect(again).toEqual(once);
});

it('a file that is kept tells the place of a mistake though nothing of its tree is left', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const { bytes = Buffer.of() } = shippedFiles().find(({ name }) => name === 'programme.yaml') ?? {};
  const file = fileReader(z.unknown(), 'programme.schema.json')('programme.yaml', bytes);
  if ('mistakes' in file) throw new Error('it is shipped');
  const place = () => file.yaml.mistakeAt(['products', 0, 'id'], 'it', 'is so');
  const before = place();
  expect(before.line).toBeGreaterThan(1);
  await afterThis();
  collect();
  expect(place()).toEqual(before);
});
