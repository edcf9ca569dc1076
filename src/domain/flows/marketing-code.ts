import { SPOT_TYPES } from '../spot-label.ts';
import type { FlowDefinition, StepDefinition } from './definition.ts';
import { asked } from './fields.ts';
import { MERCHANT, ORDERS, STORE, SUMMARY } from './promotion-steps.ts';

const SPOTS: StepDefinition = {
  id: 'spots',
  repeats: true,
  code: true,
  fields: [
    asked('spotType', 'choice', { options: SPOT_TYPES, initial: SPOT_TYPES[0] }),
    asked('fixedSecurely', 'yesNo'),
    asked('howMany', 'number', { min: 1, max: 5, initial: '1', firstSpotOnly: true }),
  ],
  slots: [
    { name: 'context', required: true, showsCode: false },
    { name: 'closeup', required: true, showsCode: true, ofPosm: true },
  ],
};

/** Promotion of Alipay+ Marketing Codes in a store: the guide's steps a to d. */
export const MARKETING_CODE_FLOW: FlowDefinition = {
  id: 'promotion.marketingCode',
  product: 'MARKETING_CODE',
  orders: ORDERS,
  steps: [STORE, SPOTS, MERCHANT, SUMMARY],
};
