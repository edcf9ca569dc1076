import { POSM_FORMS } from '../posm-form.ts';
import { SPOT_TYPES } from '../spot-label.ts';
import type { FlowDefinition, StepDefinition } from './definition.ts';
import { asked } from './fields.ts';
import { MERCHANT, ORDERS, STORE, SUMMARY } from './promotion-steps.ts';

/** A brand display has no code (domain A.2): what it is and how many stand there is asked instead. */
const SPOTS: StepDefinition = {
  id: 'spots',
  repeats: true,
  code: false,
  fields: [
    asked('spotType', 'choice', { options: SPOT_TYPES, initial: SPOT_TYPES[0] }),
    asked('posmForm', 'choice', { options: POSM_FORMS, ofPosm: true }),
    asked('quantity', 'number', { min: 1, max: 99, initial: '1', ofPosm: true }),
    asked('fixedSecurely', 'yesNo', { label: 'inPlace' }),
    asked('howMany', 'number', { min: 1, max: 5, initial: '1', firstSpotOnly: true }),
  ],
  slots: [
    { name: 'context', required: true, showsCode: false },
    { name: 'closeup', required: true, showsCode: false, ofPosm: true },
  ],
};

/** Promotion of Primary POSMs in a store: the guide's steps a to d. */
export const PRIMARY_POSM_FLOW: FlowDefinition = {
  id: 'promotion.primaryPosm',
  product: 'PRIMARY_POSM',
  orders: ORDERS,
  steps: [STORE, SPOTS, MERCHANT, SUMMARY],
};
