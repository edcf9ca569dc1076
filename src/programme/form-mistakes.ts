import type { z } from 'zod';
import { type JsonSchema, schemaAt } from './json-schema.ts';
import type { Mistake } from './mistake.ts';
import type { YamlFile } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text: put it in quotes',
  number: 'a number, without quotes',
  int: 'a whole number, without quotes',
  boolean: 'true or false',
  array: 'a list: [one, another], or a line with a dash for each',
  object: 'keys with values: { key: value }, or a line for each',
  record: 'names with values: { name: value }, or a line for each',
};
const LONGEST_QUOTE = 40;

/** What zod finds wrong with a file, as sentences in our own words, each at its place. */
export function formMistakes(file: YamlFile, schema: JsonSchema, error: z.ZodError): readonly Mistake[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const known = Object.keys(objectAt(schema, issue.path)?.properties ?? {});
        const path = [...issue.path, key];
        return file.mistakeAt(path, pathName(path, file.value), `is not known here: ${remedyFor(key, known)}`);
      });
    }
    const say = issue.code === 'invalid_key' ? issue.issues[0]?.message : wrongWith(issue, file, schema);
    return [file.mistakeAt(issue.path, pathName(issue.path, file.value), say ?? 'is no name')];
  });
}

function objectAt(schema: JsonSchema, path: Path): JsonSchema | undefined {
  const at = schemaAt(schema, path);
  return at?.anyOf?.find(({ properties }) => properties !== undefined) ?? at;
}

function wrongWith(issue: Issue, file: YamlFile, schema: JsonSchema): string {
  const value = valueAt(file.value, issue.path);
  if (value === undefined) {
    const what = schemaAt(schema, issue.path)?.description;
    return what === undefined ? 'is missing: write it' : `is missing: write it. ${what.replace(/\.$/, '')}`;
  }
  switch (issue.code) {
    case 'invalid_type':
      return `is ${quoted(value)}: write ${KINDS[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `is ${quoted(value)}: ${remedyFor(String(value), issue.values.map(String))}`;
    case 'too_big':
      return `is more than allowed: ${issue.maximum} ${unitOf(issue.origin)} at most`;
    case 'too_small':
      return `is less than allowed: ${issue.minimum} ${unitOf(issue.origin)} at least`;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : '';
}

/** `write one of …`, the nearest first. */
function remedyFor(written: string, known: readonly string[]): string {
  if (known.length === 0) return 'remove it';
  const near = known.toSorted((one, other) => distance(written, one) - distance(written, other));
  return `write ${near.length === 1 ? '' : 'one of '}${near.join(', ')}`;
}

/** How many letters must be changed, added or left out to get from one word to another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...one.slice(0, LONGEST_QUOTE)].entries()) {
    const next = [line + 1];
    for (const [column, another] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === another ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** `products.RED_PACKET.steps.store.fields.city`: entries of a list by their id where they have one. */
export function pathName(path: Path, value: unknown): string {
  const names: string[] = [];
  let at = value;
  for (const part of path) {
    at = valueAt(at, [part]);
    const id = typeof part === 'number' ? valueAt(at, ['id']) : undefined;
    names.push(typeof id === 'string' ? id : typeof part === 'number' ? String(part + 1) : keyName(String(part)));
  }
  return names.length === 0 ? 'The file' : names.join('.');
}

/** A key as it is written; one that cannot be seen is put in quotes. */
function keyName(key: string): string {
  return key.trim() === key && key !== '' ? key : JSON.stringify(key);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (at instanceof Object && Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined),
    value,
  );
}

function quoted(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Object) return 'keys with values';
  const said = String(value);
  return `"${said.length > LONGEST_QUOTE ? `${said.slice(0, LONGEST_QUOTE)}…` : said}"`;
}
