import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaFiles } from '../../src/programme/json-schema.ts';
import { readToApply } from '../../src/programme-in-use/read-or-refuse.ts';
import { mistakesIn, programmeOf, programmesOf, shippedFiles } from '../support/shipped-programme.ts';

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

/** The recipe, block by block: `# en.yaml: products`, and what goes to the end of that. */
const recipe = [...page.matchAll(/```yml\n# (\S+\.yaml): ([\w.]+)\n([\s\S]*?)```/g)].map(
  ([, file = '', place = '', text = '']) => ({ file, place: place.split('.'), text }),
);

/** What goes into a file; into words in a language that the page does not show, what it shows in English. */
function editsOf(name: string): typeof recipe {
  const own = recipe.filter(({ file }) => file === name);
  return own.length > 0 || !name.endsWith('.yaml') ? own : recipe.filter(({ file }) => file === 'en.yaml');
}

/** A file with lines at the end of what stands at a place, as whoever edits it would put them there. */
function withLinesAt(written: string, place: readonly string[], text: string): string {
  const lines = written.split('\n');
  let [from, to] = [0, lines.length];
  for (const [depth, key] of place.entries()) {
    const begins = `${' '.repeat(2 * depth)}${key}:`;
    const at = lines.findIndex((line, index) => index >= from && index < to && line.startsWith(begins));
    if (at < 0) throw new Error(`there is no ${place.join('.')}`);
    const inner = new RegExp(`^ {0,${2 * depth}}[^\\s#]`);
    const next = lines.findIndex((line, index) => index > at && index < to && inner.test(line));
    [from, to] = [at + 1, next < 0 ? to : next];
  }
  const isOfNext = (line = ''): boolean => line.trim() === '' || line.startsWith('#');
  while (isOfNext(lines[to - 1])) to -= 1;
  const added = text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(2 * place.length));
  return [...lines.slice(0, to), added, ...lines.slice(to)].join('\n');
}

it('the recipe, followed to the letter, adds a product that can be applied and is offered', () => {
  const files = shippedFiles().map(({ name, bytes }) => {
    const edited = editsOf(name).reduce(
      (text, { place, text: lines }) => withLinesAt(text, place, lines),
      Buffer.from(bytes).toString('utf8'),
    );
    return name.endsWith('.yaml') ? { name, bytes: Buffer.from(edited) } : { name, bytes };
  });
  expect(recipe).toHaveLength(5);
  expect(mistakesIn(files)).toEqual([]);
  expect(() => readToApply(files)).not.toThrow();
  const flow = programmesOf(programmeOf(files)).current().flowOf('WINDOW_STICKER');
  expect(flow).toMatchObject({ isOffered: true, spotsPerStore: 3 });
  expect(flow.codes.patterns.map(({ id }) => id)).toEqual(['window-sticker']);
  expect(flow.codes.patterns[0]?.inPayload('https://stickers.example/w/AB12CD34')).toBe('AB12CD34');
});
