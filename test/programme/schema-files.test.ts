import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { schemaFiles } from '../../src/programme/json-schema.ts';

it.each(schemaFiles())('programmes/$name is what the code says: npm run op -- programme schema', ({ name, text }) => {
  expect(readFileSync(`programmes/${name}`, 'utf8')).toBe(text);
});

it('every key of a programme says what it is', () => {
  const without: string[] = [];
  const look = (schema: unknown, path: string): void => {
    if (!(schema instanceof Object)) return;
    const { properties, items, additionalProperties } = schema as Record<string, unknown>;
    for (const [key, one] of Object.entries(properties ?? {})) {
      const said: unknown = one instanceof Object && 'description' in one ? one.description : undefined;
      if (said === undefined && !['id', 'good', 'bad', 'ios', 'android', 'other', 'examples'].includes(key))
        without.push(`${path}.${key}`);
      look(one, `${path}.${key}`);
    }
    look(items, `${path}[]`);
    look(additionalProperties, `${path}.*`);
  };
  const [programme] = schemaFiles();
  look(JSON.parse(programme?.text ?? ''), '');
  expect(without).toEqual([]);
});
