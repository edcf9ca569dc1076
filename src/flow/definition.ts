import type {
  FieldDefinition,
  FlowDefinition,
  FormPart,
  SlotDefinition,
  StepDefinition,
  StepId,
} from '../domain/flows/definition.ts';
import { MARKETING_CODE_FLOW } from '../domain/flows/marketing-code.ts';
import { PRIMARY_POSM_FLOW } from '../domain/flows/primary-posm.ts';
import type { FlowId, Product } from '../domain/products.ts';
import type { Draft } from './draft.ts';

export type * from '../domain/flows/definition.ts';

/** Every flow there is; a further product is one more entry. */
const FLOWS: Readonly<Record<FlowId, FlowDefinition>> = {
  'promotion.marketingCode': MARKETING_CODE_FLOW,
  'promotion.primaryPosm': PRIMARY_POSM_FLOW,
};

const FLOW_OF: Readonly<Record<Product, FlowId>> = {
  MARKETING_CODE: 'promotion.marketingCode',
  PRIMARY_POSM: 'promotion.primaryPosm',
};

const NO_STEP: StepDefinition = { id: 'summary', repeats: false, code: false, fields: [], slots: [] };

export function flowOf(id: FlowId): FlowDefinition {
  return FLOWS[id];
}

/** The flow that promotes a product. */
export function flowIdOf(product: Product): FlowId {
  return FLOW_OF[product];
}

/** Whether what stands at a spot of this product carries a code. */
export function hasCodes(product: Product): boolean {
  return flowOf(flowIdOf(product)).steps.some(({ code }) => code);
}

/** The steps of a draft in the order that its ISO agreed. */
export function stepsOf(draft: Pick<Draft, 'flow' | 'method'>): readonly StepDefinition[] {
  const flow = flowOf(draft.flow);
  return flow.orders[draft.method].map((id) => flow.steps.find((step) => step.id === id) ?? NO_STEP);
}

/** A step by its id; one without fields and photos when the flow has none of that name. */
export function stepOf(draft: Pick<Draft, 'flow' | 'method'>, id: StepId): StepDefinition {
  return stepsOf(draft).find((step) => step.id === id) ?? NO_STEP;
}

export function slotOf(step: StepDefinition, name: string): SlotDefinition | undefined {
  return step.slots.find((slot) => slot.name === name);
}

/** The fields of one form, in order. `howMany` and its like are asked for the first spot only. */
export function fieldsOf(step: StepDefinition, part: FormPart, isFirstSpot: boolean): readonly FieldDefinition[] {
  return step.fields.filter((field) => field.part === part && (isFirstSpot || field.firstSpotOnly !== true));
}
