import { isAlias, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { WrittenPattern } from '../domain/code-shape.ts';
import type { FOREIGN_KINDS } from './code-schema.ts';
import { PROGRAMME_FILE, type ProgrammeFile } from './files.ts';

/** What is known of codes by how they begin. */
export interface WrittenForeign {
  readonly id: string;
  readonly starts: string;
  readonly says: (typeof FOREIGN_KINDS)[number];
}

type Document = ReturnType<typeof parseDocument>;

/** A programme with one more pattern, which counts where this product has codes; all else stays as it is written, with its comments. */
export function withPattern(
  files: readonly ProgrammeFile[],
  product: string,
  pattern: WrittenPattern,
): readonly ProgrammeFile[] {
  return changed(files, (document) => {
    add(document, ['codes', 'patterns'], pattern);
    for (const code of codesOf(document, product)) add(document, ['patterns'], pattern.id, code);
  });
}

/** A programme in which codes that begin so are known to be something else. */
export function withForeign(files: readonly ProgrammeFile[], foreign: WrittenForeign): readonly ProgrammeFile[] {
  return changed(files, (document) => add(document, ['codes', 'foreign'], foreign));
}

function changed(files: readonly ProgrammeFile[], change: (document: Document) => void): readonly ProgrammeFile[] {
  return files.map((file) => {
    if (file.name !== PROGRAMME_FILE) return file;
    const document = parseDocument(Buffer.from(file.bytes).toString('utf8'), { version: '1.2' });
    change(document);
    return { name: file.name, bytes: Buffer.from(document.toString({ lineWidth: 0 })) };
  });
}

/** Adds to a list, which begins where there is none. */
function add(document: Document, path: readonly string[], value: unknown, within: Document | YAMLMap = document): void {
  const list: unknown = within.getIn(path);
  const node = document.createNode(value);
  if (isSeq(list)) list.add(node);
  else within.setIn(path, document.createNode([value]));
}

/** What the steps of a product say of their codes, each once however many products share the step. */
function codesOf(document: Document, product: string): readonly YAMLMap[] {
  const products: unknown = document.get('products');
  if (!isSeq(products)) return [];
  const found = products.items.find((one) => isMap(one) && one.get('id') === product);
  const steps: unknown = isMap(found) ? found.get('steps') : undefined;
  if (!isSeq(steps)) return [];
  return steps.items.flatMap((item) => {
    const step = isAlias(item) ? item.resolve(document) : item;
    const code: unknown = isMap(step) ? step.get('code') : undefined;
    return isMap(code) ? [code] : [];
  });
}
