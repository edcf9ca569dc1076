import { z } from 'zod';
import { PROGRAMME_SCHEMA } from './schema.ts';
import { WORDS_SCHEMA } from './words-schema.ts';

/** A JSON Schema, as far as it is read here. */
export interface JsonSchema {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly items?: JsonSchema | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
}

/** By the name of its file in `programmes/`: what an editor completes and checks a programme's files by. */
export const JSON_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  'programme.schema.json': z.toJSONSchema(PROGRAMME_SCHEMA, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
  'words.schema.json': z.toJSONSchema(WORDS_SCHEMA, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
};

/** The files themselves, by their names. */
export function schemaFiles(): readonly { readonly name: string; readonly text: string }[] {
  return Object.entries(JSON_SCHEMAS).map(([name, schema]) => ({ name, text: `${JSON.stringify(schema, null, 2)}\n` }));
}

/** The part of a schema that is about what stands at a path; undefined where it knows nothing of it. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  let at: JsonSchema | undefined = schema;
  for (const part of path) {
    if (at === undefined) return undefined;
    const whole: JsonSchema = at.anyOf?.find(({ properties }) => properties !== undefined) ?? at;
    const named: JsonSchema | undefined = whole.properties?.[String(part)];
    const any = typeof whole.additionalProperties === 'object' ? whole.additionalProperties : undefined;
    at = typeof part === 'number' ? whole.items : (named ?? any);
  }
  return at;
}
