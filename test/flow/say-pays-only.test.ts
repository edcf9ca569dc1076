import { expect, it } from 'vitest';
import { answer, newDraft } from '../../src/flow/engine.ts';
import { sayPaysOnly } from '../../src/flow/say-pays-only.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';

const shop = (paysWith: string, at = 1) =>
  answer(newDraft(MARKETING_CODE_FLOW), { step: 'store', part: 'main', values: { ...SHOP, paysWith }, at }).draft;
const says = (draft: ReturnType<typeof shop>) => draft.answers.store?.paysWith;

it('is what its form says from then on, unless the form was answered later', () => {
  expect(says(sayPaysOnly(shop('ALIPAY_AND_OTHERS'), true, 2))).toBe('ALIPAY_ONLY');
  expect(says(sayPaysOnly(shop('ALIPAY_ONLY'), false, 2))).toBe('ALIPAY_AND_OTHERS');
  const later = shop('ALIPAY_AND_OTHERS', 3);
  expect(sayPaysOnly(later, true, 2)).toBe(later);
});

it('a form that was tapped before it and comes late does not undo it', () => {
  const said = sayPaysOnly(shop('ALIPAY_AND_OTHERS'), true, 5);
  const late = { step: 'store', part: 'main', values: { ...SHOP, paysWith: 'ALIPAY_AND_OTHERS' }, at: 4 } as const;
  expect(says(answer(said, late).draft)).toBe('ALIPAY_ONLY');
});

it('leaves a draft alone whose form says so already, or has no answer that says it', () => {
  const same = shop('ALIPAY_ONLY');
  expect(sayPaysOnly(same, true, 2)).toBe(same);
  const steps = MARKETING_CODE_FLOW.steps.map((step) => ({
    ...step,
    fields: step.fields.filter(({ is }) => is !== 'paysWith'),
  }));
  const without = newDraft({ ...MARKETING_CODE_FLOW, steps });
  expect(sayPaysOnly(without, true, 2)).toBe(without);
});
