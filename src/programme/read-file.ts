import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { formMistakes } from './form-mistakes.ts';
import { JSON_SCHEMAS } from './json-schema.ts';
import type { Mistake } from './mistake.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** What one file says, in the form that it must have, and where; or what is wrong with its form. */
export type ReadFile<Value> =
  | { readonly value: Value; readonly yaml: YamlFile }
  | { readonly mistakes: readonly Mistake[] };

/** The words of all languages, before and after most of them were changed. */
const MOST_KEPT = 32;

/**
 * Reads files of one form. What the same bytes say is read once: of a programme that changes, most files stay as they are, and to read them
 * is most of what a programme takes. Mistakes are read anew. `described`: the file of the form's JSON schema.
 */
export function fileReader<Value>(
  schema: z.ZodType<Value>,
  described: string,
): (name: string, bytes: Uint8Array) => ReadFile<Value> {
  const kept = new Map<string, ReadFile<Value>>();
  return (name, bytes) => {
    const key = `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
    const known = kept.get(key);
    // the one that was asked for last is the last to go
    kept.delete(key);
    const file = known ?? read(name, bytes);
    if ('mistakes' in file) return file;
    kept.set(key, file);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return file;
  };

  function read(name: string, bytes: Uint8Array): ReadFile<Value> {
    const yaml = readYaml(name, bytes);
    if ('mistakes' in yaml) return yaml;
    const result = schema.safeParse(yaml.value);
    if (result.success) return { value: result.data, yaml };
    return { mistakes: formMistakes(yaml, JSON_SCHEMAS[described] ?? {}, result.error) };
  }
}
