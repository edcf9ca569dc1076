import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '../../migrations/list.ts';

it('every migration has a file of its number and name, and stands in the list', () => {
  const files = readdirSync('migrations').filter((name) => /^\d/.test(name));
  expect(MIGRATIONS.map(({ id, name }) => `${String(id).padStart(3, '0')}-${name}.ts`)).toEqual(files.sort());
  expect(MIGRATIONS.map(({ id }) => id)).toEqual(MIGRATIONS.map((_, place) => place + 1));
});

it('the release before can work with what any of them leaves', () => {
  for (const { id, readableFrom } of MIGRATIONS) expect(readableFrom).toBeLessThan(id);
});
