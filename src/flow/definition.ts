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
import type { Draft, Modification } from './draft.ts';

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

type InFlow = Pick<Draft, 'flow' | 'method' | 'modifies'>;

/** The steps of a draft in the order that its ISO agreed; of one that puts something right, as much of them as that item has. */
export function stepsOf({ flow: id, method, modifies }: InFlow): readonly StepDefinition[] {
  const flow = flowOf(id);
  const steps = flow.orders[method].map((name) => flow.steps.find((step) => step.id === name) ?? NO_STEP);
  return modifies === undefined ? steps : stepsOfItem(steps, modifies.itemType);
}

function stepsOfItem(steps: readonly StepDefinition[], type: Modification['itemType']): readonly StepDefinition[] {
  if (type === 'STORE') return steps.filter(({ repeats }) => !repeats);
  const isItems = ({ ofPosm = false, firstSpotOnly }: Partial<FieldDefinition>): boolean =>
    firstSpotOnly !== true && ofPosm === (type === 'POSM');
  return steps.flatMap((step) => {
    if (!step.repeats) return step.id === 'summary' ? [step] : [];
    const slots = step.slots.filter(({ ofPosm }) => type === 'SPOT' || ofPosm === true);
    return [{ ...step, fields: step.fields.filter(isItems), slots }];
  });
}

/** A step by its id; one without fields and photos when the flow has none of that name. */
export function stepOf(draft: InFlow, id: StepId): StepDefinition {
  return stepsOf(draft).find((step) => step.id === id) ?? NO_STEP;
}

export function slotOf(step: StepDefinition, name: string): SlotDefinition | undefined {
  return step.slots.find((slot) => slot.name === name);
}

/** The fields of one form, in order. `howMany` and its like are asked for the first spot only. */
export function fieldsOf(step: StepDefinition, part: FormPart, isFirstSpot: boolean): readonly FieldDefinition[] {
  return step.fields.filter((field) => field.part === part && (isFirstSpot || field.firstSpotOnly !== true));
}
