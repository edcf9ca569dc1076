import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Mistake } from './mistake.ts';
import { nestingMistake } from './nesting.ts';
import { textIn } from './text-in.ts';

export type Path = readonly PropertyKey[];

/** A YAML file: what it says, and where it says what. */
export interface YamlFile {
  readonly value: unknown;
  /** A mistake at a path of `value`, or at the nearest thing above it that is there; `about` is what the sentence begins with. */
  mistakeAt(path: Path, about: string, say: string): Mistake;
}

/** How often what an anchor names may be used: a file that unfolds without end is refused. */
const MOST_ALIASES = 200;
/** Where the form of YAML is lost, one mistake makes many. */
const MOST_MISTAKES = 20;

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
    const document = parsed(text, lines);
    const said = [...document.errors, ...document.warnings].slice(0, MOST_MISTAKES);
    if (said.length > 0) return { mistakes: said.map(({ pos, message }) => at(pos[0], `is no YAML: ${message}`)) };
    if (document.contents === null) return { mistakes: [whole('is empty: write what it is to say.')] };
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    // the tree of all places is many times as large as what is said: where a file is kept, it is made again for whoever asks later
    let tree = new WeakRef(document);
    const places = (): Document => {
      const held = tree.deref() ?? parsed(text);
      tree = new WeakRef(held);
      return held;
    };
    return {
      value,
      mistakeAt(path, about, say) {
        const { node, rest } = nearest(path, places());
        const offset = node?.range?.[0] ?? 0;
        return { ...at(offset, `${about} ${say}.`), once: [file, offset, ...rest, say].join(' ') };
      },
    };
  } catch (error) {
    return {
      mistakes: [whole(`is no YAML that can be read: ${error instanceof Error ? error.message : String(error)}.`)],
    };
  }
}

type Document = ReturnType<typeof parseDocument>;

function parsed(text: string, lineCounter = new LineCounter()): Document {
  return parseDocument(text, { lineCounter, prettyErrors: false, version: '1.2' });
}

/** The node at a path, or the nearest above it with what of the path is not there; of what has a key and more than a line, the key. */
function nearest(path: Path, document: Document): { readonly node: Node | null; readonly rest: Path } {
  let [place, node]: [Node | null, Node | null] = [document.contents, document.contents];
  for (const [index, part] of path.entries()) {
    const found = below(isAlias(node) ? node.resolve(document) : node, part);
    if (found === undefined) return { node: place, rest: path.slice(index) };
    place = isScalar(found.value) ? found.value : found.place;
    node = found.value;
  }
  return { node: place, rest: [] };
}

function below(node: unknown, part: PropertyKey): { readonly place: Node; readonly value: Node } | undefined {
  if (isSeq(node)) {
    const value = asNode(node.items[Number(part)]);
    return value && { place: value, value };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part));
  const value = asNode(pair?.value);
  return value && { place: asNode(pair?.key) ?? value, value };
}

function asNode(value: unknown): Node | undefined {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : undefined;
}
