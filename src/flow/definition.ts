import type {
  FieldDefinition,
  FlowDefinition,
  FormPart,
  SlotDefinition,
  StepDefinition,
  StepId,
} from '../domain/flows/definition.ts';
import type { Draft, Modification } from './draft.ts';

export type * from '../domain/flows/definition.ts';

const NO_STEP: StepDefinition = { id: 'summary', repeats: false, code: false, fields: [], slots: [] };

/** Whether what stands at a spot carries a code. */
export function hasCodes({ steps }: FlowDefinition): boolean {
  return steps.some(({ code }) => code);
}

/** How many codes stand at each spot. */
export function codesPerSpot({ steps }: FlowDefinition): number {
  const step = steps.find(({ code }) => code);
  return step === undefined ? 0 : (step.codesPerSpot ?? 1);
}

/**
 * Whether a draft waits until its product is promoted again: nothing of it is lost, nothing can be added or submitted. What failed is put
 * right as long as the programme says how.
 */
export function isHeld({ flow: { isOffered, steps }, modifies }: InFlow): boolean {
  return modifies === undefined ? !isOffered : steps.every(({ fields, slots }) => fields.length + slots.length === 0);
}

type InFlow = Pick<Draft, 'flow' | 'modifies'>;

/** The steps of a draft in their order; of one that puts something right, as much of them as that item has. */
export function stepsOf({ flow: { steps }, modifies }: InFlow): readonly StepDefinition[] {
  return modifies === undefined ? steps : stepsOfItem(steps, modifies.itemType);
}

function stepsOfItem(steps: readonly StepDefinition[], type: Modification['itemType']): readonly StepDefinition[] {
  if (type === 'STORE') return steps.filter(({ repeats, verifies }) => !repeats && verifies === undefined);
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

/** Whether a payment that does not work stops the promotion: it is verified before anything is deployed. */
export function stopsUnpaid(draft: InFlow): boolean {
  const steps = stepsOf(draft);
  const verifies = steps.findIndex((step) => step.verifies === true);
  return verifies >= 0 && verifies < steps.findIndex(({ repeats }) => repeats);
}

export function slotOf(step: StepDefinition, name: string): SlotDefinition | undefined {
  return step.slots.find((slot) => slot.name === name);
}

/** The fields of one form, in order. `howMany` and its like are asked for the first spot only. */
export function fieldsOf(step: StepDefinition, part: FormPart, isFirstSpot: boolean): readonly FieldDefinition[] {
  return step.fields.filter((field) => field.part === part && (isFirstSpot || field.firstSpotOnly !== true));
}
