import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaFiles } from '../../src/programme/json-schema.ts';
import { mistakesIn, shippedFiles } from '../support/shipped-programme.ts';

const page = readFileSync('docs/programme.md', 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const isWords = (text: string): boolean => text.startsWith('# en.yaml');
const facts = examples.filter((text) => !isWords(text)).join('\n');
const words = examples.filter(isWords).join('\n');

/** Every place of a schema, by names: `products[].steps[].fields[].is`. */
function placesIn(schema: unknown, at = ''): readonly string[] {
  if (!(schema instanceof Object)) return [];
  const { properties = {}, items, additionalProperties, anyOf } = schema as Record<string, unknown>;
  return [
    ...Object.entries(properties ?? {}).flatMap(([key, one]) => {
      const place = at === '' ? key : `${at}.${key}`;
      return [place, ...placesIn(one, place)];
    }),
    ...placesIn(items, `${at}[]`),
    ...placesIn(additionalProperties, `${at}.*`),
    ...(Array.isArray(anyOf) ? anyOf.flatMap((one) => placesIn(one, at)) : []),
  ];
}

/** Every place that a file has something at, with `*` for names that the schema does not know. */
function placesOf(value: unknown, known: ReadonlySet<string>, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => placesOf(one, known, `${at}[]`));
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const named = at === '' ? key : `${at}.${key}`;
    const place = known.has(named) ? named : `${at}.*`;
    return [place, ...placesOf(one, known, place)];
  });
}

it('the page shows a programme without a mistake', () => {
  const picture = shippedFiles().find(({ name }) => name.endsWith('.jpg'))?.bytes ?? new Uint8Array();
  const pictures = ['front', 'firm', 'loose'].map((name) => ({ name: `examples/${name}.jpg`, bytes: picture }));
  const files = [
    { name: 'programme.yaml', bytes: Buffer.from(facts) },
    { name: 'en.yaml', bytes: Buffer.from(words) },
  ];
  expect(mistakesIn([...files, ...pictures])).toEqual([]);
});

it.each([
  ['programme.schema.json', facts],
  ['words.schema.json', words],
])('the page has an example of every key of %s', (name, text) => {
  const known = new Set(placesIn(JSON.parse(schemaFiles().find((file) => file.name === name)?.text ?? '{}')));
  expect(known.size).toBeGreaterThan(20);
  const shown = new Set(placesOf(parse(text), known));
  expect([...known].filter((place) => !shown.has(place))).toEqual([]);
});
