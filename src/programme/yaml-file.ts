import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Mistake } from './mistake.ts';
import { nestingMistake } from './nesting.ts';
import { textIn } from './text-in.ts';

export type Path = readonly PropertyKey[];

/** A YAML file: what it says, and where it says what. */
export interface YamlFile {
  readonly value: unknown;
  /** A mistake at a path of `value`, or at the nearest thing above it that is there. */
  mistakeAt(path: Path, say: string): Mistake;
}

/** How often what an anchor names may be used: a file that unfolds without end is refused. */
const MOST_ALIASES = 200;

/** Reads one file. Never throws: what cannot be read is a mistake with its place, all of them at once. */
export function readYaml(file: string, bytes: Uint8Array): YamlFile | { readonly mistakes: readonly Mistake[] } {
  const text = textIn(file, bytes);
  if (typeof text !== 'string') return { mistakes: [text] };
  const deep = nestingMistake(file, text);
  if (deep !== undefined) return { mistakes: [deep] };
  const lines = new LineCounter();
  const at = (offset: number, say: string): Mistake => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(1, line), column: Math.max(1, col), say };
  };
  const whole = (say: string): Mistake => ({ file, line: 1, column: 1, say });
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
    const said = [...document.errors, ...document.warnings];
    if (said.length > 0) return { mistakes: said.map(({ pos, message }) => at(pos[0], `is no YAML: ${message}`)) };
    if (document.contents === null) return { mistakes: [whole('is empty: write what it is to say.')] };
    const { contents } = document;
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return {
      value,
      mistakeAt: (path, say) => at(nodeAt(contents, path, document)?.range?.[0] ?? 0, say),
    };
  } catch (error) {
    return { mistakes: [whole(`is no YAML that can be read: ${error instanceof Error ? error.message : String(error)}.`)] };
  }
}

type Document = ReturnType<typeof parseDocument>;

/** The key's own node where the last of the path is a key, so that a mistake stands where somebody reads its name. */
function nodeAt(root: Node, path: Path, document: Document): Node | undefined {
  let [place, node]: [Node, Node | undefined] = [root, root];
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part));
      if (pair === undefined) return place;
      place = isScalar(pair.key) ? pair.key : place;
      node = asNode(pair.value);
      // what stands on its key's own line is told by itself
      if (isScalar(node)) place = node;
    } else if (isSeq(node)) {
      node = asNode(node.items[Number(part)]);
      if (node === undefined) return place;
      place = node;
    } else return place;
  }
  return place;
}

function asNode(value: unknown): Node | undefined {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : undefined;
}
