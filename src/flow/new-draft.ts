import type { FieldRole } from '../domain/field-roles.ts';
import type { FlowDefinition } from './definition.ts';
import type { Draft } from './draft.ts';
import { byName } from './roles.ts';

/** What is known before a promotion begins: country of the ISO, city of the last shop. */
type Known = Readonly<Partial<Record<FieldRole, string>>>;

/** A draft in which nothing is answered: one spot, no photo. */
export function newDraft(flow: FlowDefinition, known: Known = {}): Draft {
  return {
    flow,
    prefill: byName({ flow }, known),
    otherStores: [],
    answers: {},
    spots: [{ key: 's1', answers: {}, skipped: false }],
    nextSpot: 2,
    photos: [],
    typed: {},
    questions: [],
    notes: [],
  };
}
