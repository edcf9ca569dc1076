import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SUBJECT_KINDS } from '../../src/platform/subject.ts';

const SOURCES = ['handlers', 'models', 'src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

it('every kind of subject is what something is about', () => {
  const nothings = SUBJECT_KINDS.filter((kind) => !SOURCES.some((text) => text.includes(`kind: '${kind}', id`)));
  // it is made where a row is read
  expect(nothings).toEqual(['gone']);
});
