import type { FieldDefinition, FieldName } from './definition.ts';

/** The longest name, and the longest line of text, that a form takes. */
export const SHORT = 80;
export const LONG = 200;

type Extra = Partial<Omit<FieldDefinition, 'name' | 'type' | 'part' | 'required'>>;

/** A field that must be answered, on the step's first form. */
export function asked(name: FieldName, type: FieldDefinition['type'], extra: Extra = {}): FieldDefinition {
  return { personal: false, ...extra, name, type, part: 'main', required: true };
}

/** A field behind `More details`. */
export function more(name: FieldName, type: FieldDefinition['type'], extra: Extra = {}): FieldDefinition {
  return { personal: false, ...extra, name, type, part: 'more', required: false };
}
