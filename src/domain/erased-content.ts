import { type ReadCode, unknownCode } from './code.ts';

/** What is looked for in what codes say, and how a content that says it is to be called. */
export interface Erasing {
  /** Whether a content names whom it is about. */
  readonly isNamed: (content: string) => boolean;
  /** What it is by the programme of now: one that counts is a serial and stays as it is. */
  readonly kindOf: (content: string) => ReadCode['kind'];
  /** A name that says nothing, the same each time. */
  readonly nameOf: (content: string) => string;
}

/** Whether this stands in place of what a code said, which was erased: it is of no kind, and nothing can be compared with it. */
export function isErasedContent(content: string | undefined): boolean {
  return content !== undefined && /^erased-[A-Za-z0-9]{1,16}$/.test(content);
}

/** All that codes which count for nothing say in a value, and that is looked for: in drafts, photos, inspections, bindings and lines. */
export function contentsNamed(value: unknown, erasing: Erasing): readonly string[] {
  const found = new Set<string>();
  walk(value, erasing, (content) => found.add(content));
  return [...found];
}

/**
 * The value with these contents called otherwise. A code that nobody knows stays one under that name, wherever it stands, so that it is the
 * same one everywhere; what is known to be something else is left out.
 */
export function withoutContents<V>(value: V, erasing: Erasing): V {
  const ids = new Map<unknown, string>();
  const changed = walk(value, erasing, (content) =>
    ids.set(unknownCode(content).codeId, unknownCode(erasing.nameOf(content)).codeId),
  );
  return (ids.size === 0 ? value : renamed(changed, ids)) as V;
}

/** Lists of what QR codes say, as they are. */
const LISTS = new Set(['codes', 'others']);

function walk(value: unknown, erasing: Erasing, found: (content: string) => void, name = ''): unknown {
  const { isNamed, kindOf, nameOf } = erasing;
  const isMeant = (content: unknown): content is string =>
    typeof content === 'string' && !isErasedContent(content) && kindOf(content) !== 'ours' && isNamed(content);
  if (Array.isArray(value))
    return value.flatMap((one) => {
      if (!LISTS.has(name) || !isMeant(one)) return [walk(one, erasing, found)];
      const content = one.trim();
      found(content);
      return kindOf(one) === 'unknown' ? [nameOf(content)] : [];
    });
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, walk(one, erasing, found, key)] as const),
  );
  if (inner.unknown === true && isMeant(inner.canonicalUrl)) {
    const content = inner.canonicalUrl;
    found(content);
    return { ...inner, ...unknownCode(nameOf(content)) };
  }
  const isLineOfCode = inner.unknown === true || inner.itemType === 'CODE';
  if (!isLineOfCode || !isMeant(inner.payload)) return inner;
  found(inner.payload);
  return { ...inner, payload: nameOf(inner.payload) };
}

function renamed(value: unknown, ids: ReadonlyMap<unknown, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, ids));
  if (typeof value !== 'object' || value === null) return ids.get(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, ids)]));
}
