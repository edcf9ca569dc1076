import type { CardTemplate, Json } from './template.ts';

/** Variable types whose value travels as text as it is; every other type travels as JSON text (dingtalk 3.2). */
const TEXT_TYPES = new Set(['string', 'markdown']);

/** A card's variables as they travel. */
type Values = Readonly<Record<string, string>>;

export type CardData = Readonly<Record<string, Json>>;

/**
 * What one viewer's card is drawn from: private over public, each value read by its variable's declared type. A value that is
 * not JSON where JSON is declared stays the text it was. `sys_full_json_obj` is opened and its values added (dingtalk 4.2).
 */
export function cardData(template: CardTemplate, publicData: Values, privateData: Values = {}): CardData {
  const typeOf = typesOf(template);
  const merged: Record<string, Json> = {};
  for (const [name, text] of Object.entries({ ...publicData, ...privateData })) {
    const whole = name === 'sys_full_json_obj' ? parsedOr(text, text) : undefined;
    if (isRecord(whole)) Object.assign(merged, whole);
    // most are text: to find out that one is no JSON costs more than all else of a card
    else merged[name] = TEXT_TYPES.has(typeOf.get(name) ?? 'string') ? text : parsedOr(text, text);
  }
  return merged;
}

const types = new WeakMap<CardTemplate, ReadonlyMap<string, string>>();

/** The types of a template's variables by name; a template never changes. */
function typesOf(template: CardTemplate): ReadonlyMap<string, string> {
  const known = types.get(template) ?? new Map(template.variables.map(({ name, type }) => [name, type]));
  types.set(template, known);
  return known;
}

export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parsedOr(text: string, otherwise: Json): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return otherwise;
  }
}
