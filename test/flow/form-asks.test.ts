import { expect, it } from 'vitest';
import { answer, formAsks, formKey, open } from '../../src/flow/engine.ts';
import { complete, emptyDraft, spotSaved, storeSaved } from './shop.ts';

const asked = (draft: ReturnType<typeof emptyDraft>): readonly string[] => formAsks(draft).map(formKey);

it('everything that is to be filled in can be, in any order, whatever the photos', () => {
  expect(asked(emptyDraft())).toEqual(['store::main', 'spots:s1:main', 'merchant::main']);
  const spotFirst = spotSaved(emptyDraft(), 's1', { howMany: '3' });
  expect(asked(spotFirst)).toEqual(['store::main', 'spots:s2:main', 'spots:s3:main', 'merchant::main']);
});

it('a form with a mistake is asked for again, a shop that takes no Alipay+ yet too', () => {
  const { draft } = answer(emptyDraft(), { step: 'store', part: 'main', values: { nameLocal: 'Baan Coffee' } });
  expect(asked(draft)).toContain('store::main');
  expect(asked(storeSaved({ paysWith: 'NONE_YET' }))).toContain('store::main');
});

it('of a complete draft nothing is asked but what was re-opened', () => {
  expect(asked(complete(2))).toEqual([]);
  const again = open(complete(2), { kind: 'form', step: 'spots', spot: 's2', part: 'main' }).draft;
  expect(asked(again)).toEqual(['spots:s2:main']);
});

it('what is asked once payments are verified waits for that', () => {
  const { flow } = emptyDraft();
  const steps = flow.steps.map((step) => (step.repeats ? { ...step, verifies: true as const } : step));
  expect(asked(emptyDraft({ ...flow, steps }))).toEqual(['store::main']);
});
