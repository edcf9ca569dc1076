import type { FlowDefinition, SlotDefinition } from '../../src/domain/flows/definition.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';

/** Two codes at each spot, both in one close-up. */
export const BOTH_IN_ONE_FLOW = withTwoCodes();

/** Two codes at each spot, on the two sides of what stands there. */
export const ON_BOTH_SIDES_FLOW = withTwoCodes({ name: 'back', required: true, showsCode: true, ofPosm: true });

function withTwoCodes(...further: readonly SlotDefinition[]): FlowDefinition {
  return {
    ...MARKETING_CODE_FLOW,
    steps: MARKETING_CODE_FLOW.steps.map((step) =>
      step.code ? { ...step, codesPerSpot: 2, slots: [...step.slots, ...further] } : step,
    ),
  };
}
