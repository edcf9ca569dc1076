import type { FlowId } from '../domain/products.ts';
import type { DeploymentMethod, FieldName } from './definition.ts';
import type { Draft } from './draft.ts';

/** What is known before a promotion begins. */
export interface Known {
  readonly method?: DeploymentMethod | undefined;
  /** Country of the ISO, city of the last shop, by field name. */
  readonly prefill?: Readonly<Partial<Record<FieldName, string>>> | undefined;
}

/** A draft in which nothing is answered: one spot, no photo. */
export function newDraft(flow: FlowId, { method = 'DEPLOY_THEN_VERIFY', prefill = {} }: Known = {}): Draft {
  return {
    flow,
    method,
    prefill,
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
