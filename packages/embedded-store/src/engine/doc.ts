/** A document as decoded here, its fields by `keyFor` their names: every number keeps its BSON type (`Int32`, `Long`, …). */
export type Doc = Record<string, unknown>;

/** An embedded document: no array, no date, no BSON wrapper. */
export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A field's name as a key of a document: JavaScript would move whole numbers to the front, so these begin with a 00. */
export function keyFor(name: string): string {
  const first = name.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 ? `\0${name}` : name;
}

/** The name of a field by its key. */
export function nameOf(key: string): string {
  return key.charCodeAt(0) === 0 ? key.slice(1) : key;
}
