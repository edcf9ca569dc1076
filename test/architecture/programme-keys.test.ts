import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { schemaFiles } from '../../src/programme/json-schema.ts';

/** Who says what a file may have, or compares two files, does not follow it. */
const SAYS = /^src\/programme\/(?:.*schema|ids|changes|expected-words)\.ts$|^src\/programme\/checks\//;

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
}

const code = ['src', 'handlers', 'models', 'cards']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((name) => name.endsWith('.ts') && !SAYS.test(name))
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

/** Every key of a file as `products.*.steps.*.id`, whatever it is called itself as `*`. */
function keysOf({ properties = {}, items, additionalProperties, anyOf = [] }: Schema, path = ''): readonly string[] {
  const inner = [items, additionalProperties].filter((schema) => typeof schema === 'object');
  return [
    ...Object.entries(properties).flatMap(([key, schema]) => [`${path}${key}`, ...keysOf(schema, `${path}${key}.`)]),
    ...inner.flatMap((schema) => keysOf(schema, `${path}*.`)),
    ...anyOf.flatMap((schema) => keysOf(schema, path)),
  ];
}

function schemaOf(file: string): Schema {
  const { text = '{}' } = schemaFiles().find(({ name }) => name === file) ?? {};
  return JSON.parse(text) as Schema;
}

/** `x.key`, `{ key }`, `{ a, key: b }`, `['key']`. */
function isRead(key: string): boolean {
  return new RegExp(`[.]${key}\\b|[{,]\\s*${key}\\s*[,}:=]|\\['${key}'\\]`).test(code);
}

/** Read by the name of an order that somebody has: `orders[order]`. */
const BY_NAME = ['orders.plain', 'orders.verify-then-deploy', 'orders.deploy-then-verify'];

it('every key that programme.yaml may have is read by something that follows it', () => {
  const keys = [...new Set(keysOf(schemaOf('programme.schema.json')))];
  expect(keys.length).toBeGreaterThan(80);
  expect(keys.filter((key) => !BY_NAME.includes(key) && !isRead(key.split('.').at(-1) ?? ''))).toEqual([]);
});

/** Read with the field that they are of (`words.fields[label]`), and with the reason. */
const WITH_OTHERS = ['fields.*.label', 'fields.*.placeholder', 'reasons.*.short', 'reasons.*.what'];

it('every text that a language may have is read by something that shows it', () => {
  const keys = [...new Set(keysOf(schemaOf('words.schema.json')))];
  expect(keys.length).toBeGreaterThan(40);
  const isAsked = (key: string): boolean => {
    const place = key.replaceAll('.', '\\.').replaceAll('*', '\\$\\{[^}]+\\}');
    const line = place.replace(/[^.]+$/, '\\$\\{line\\}');
    const name = key.split('.').at(-1) ?? '';
    // the end may be a name that the programme gave, or stand in brackets of its own
    return (
      new RegExp(`[\`']${place}(?:[\`'.]|\\.\\$)`).test(code) ||
      (new RegExp(`\`${line}\``).test(code) && code.includes(`'${name}'`))
    );
  };
  const groups = new Set(keys.flatMap((key) => key.split('.').map((_, end, all) => all.slice(0, end).join('.'))));
  const texts = keys.filter((key) => !groups.has(key) && !WITH_OTHERS.includes(key));
  expect(texts.filter((key) => !isAsked(key))).toEqual([]);
});
