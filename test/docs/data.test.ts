import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import mongoose from 'mongoose';
import { beforeAll, expect, it } from 'vitest';

/** Each collection that the page lists, with its sealed fields. */
const documented = readFileSync('docs/data.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| `[a-z]+` /.test(line))
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return [
      cells[1]?.replaceAll('`', ''),
      [...(cells[5] ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field),
    ] as const;
  });

beforeAll(async () => {
  for (const file of readdirSync('models')) await import(`../../models/${basename(file, '.ts')}.ts`);
});

it('the page lists every collection, with every field that is sealed in it', () => {
  const stored = Object.values(mongoose.models).map(({ collection, schema }) => {
    const sealed = Object.keys(schema.paths).filter((field) => field.startsWith('sealed'));
    return [collection.name, sealed] as const;
  });
  expect(stored.length).toBeGreaterThan(30);
  expect(documented.toSorted()).toEqual(stored.toSorted());
});
