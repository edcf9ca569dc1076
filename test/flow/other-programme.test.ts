import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { fieldLabel, optionText } from '../../cards/vocabulary.ts';
import type { FieldDefinition, FlowDefinition } from '../../src/domain/flows/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import {
  aimAt,
  aimOf,
  answer,
  formOf,
  offer,
  photoIn,
  placeOf,
  toSubmission,
  typeCode,
} from '../../src/flow/engine.ts';
import { readAgain } from '../../src/flow/read-again.ts';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { flowOfProduct } from '../../src/programme/flow-of-product.ts';
import { checkDraft } from '../support/check-draft.ts';
import { MARKETING_CODE_FLOW, programmeOf, withChange, withoutCity } from '../support/shipped-programme.ts';
import { complete, plain, sent, serial } from './shop.ts';

/** What a product asks once these files are applied. */
function flowBy(files: readonly ProgrammeFile[]): FlowDefinition {
  return flowOfProduct(programmeOf(files), 'MARKETING_CODE', 'plain');
}

/** The same draft, read after another programme was applied. */
function under(flow: FlowDefinition, draft: Draft): Draft {
  return { ...draft, flow };
}

const WITHOUT_CITY = flowBy(withoutCity());

it('what is asked no more is kept aside, and is there when it is asked again', () => {
  const before = complete();
  const meanwhile = under(WITHOUT_CITY, before);
  expect(formOf(meanwhile, { step: 'store', part: 'main' }).fields.map(({ name }) => name)).not.toContain('city');
  expect(offer(meanwhile).canSubmit).toBe(true);
  expect(toSubmission(meanwhile)?.store).toMatchObject({ nameLocal: 'Baan Coffee', city: undefined });
  const renamed = answer(meanwhile, { step: 'store', part: 'main', values: { nameLocal: 'Baan Tea' } }).draft;
  const after = under(MARKETING_CODE_FLOW, renamed);
  expect(toSubmission(after)?.store).toMatchObject({ nameLocal: 'Baan Tea', city: 'Bangkok' });
});

it('what is new is asked of what was begun before, and only that', () => {
  const begun = complete(1, WITHOUT_CITY);
  const { answers, ...rest } = begun;
  const { city: _, ...store } = answers.store ?? {};
  const after = under(MARKETING_CODE_FLOW, { ...rest, answers: { ...answers, store } });
  expect(placeOf(after)).toMatchObject({ kind: 'form', step: 'store', reopened: false });
  expect(offer(after).missing).toEqual([{ code: 'form', step: 'store', spot: undefined }]);
  const answered = answer(after, { step: 'store', part: 'main', values: { city: 'Bangkok' } }).draft;
  expect(offer(answered).canSubmit).toBe(true);
});

it('a photo that is asked for no more is there when it is asked for again', () => {
  const steps = MARKETING_CODE_FLOW.steps.map((step) => (step.id === 'store' ? { ...step, slots: [] } : step));
  const meanwhile = under({ ...MARKETING_CODE_FLOW, steps }, complete());
  expect(offer(meanwhile).missing).toEqual([]);
  const later = sent(meanwhile, plain('another'));
  const after = under(MARKETING_CODE_FLOW, later);
  expect(photoIn(after, { name: 'storefront' })?.kept?.sha256).toBe('front');
  expect(offer(after).canSubmit).toBe(true);
});

it('of a product that is promoted no more, nothing is lost and nothing can be submitted', () => {
  const held = under(
    flowBy(withChange('programme.yaml', '- id: MARKETING_CODE\n', '- id: MARKETING_CODE\n    on: false\n')),
    complete(2),
  );
  expect(offer(held)).toMatchObject({ canSubmit: false, missing: [] });
  const back = under(MARKETING_CODE_FLOW, held);
  expect(checkDraft(back)).toEqual([]);
  expect(offer(back).canSubmit).toBe(true);
});

it('a draft under a stored version whose code no photo shows goes on: nothing of it is lost, and the code that is typed counts', () => {
  const flow = flowBy(withChange('programme.yaml', /showsCode: true, /, ''));
  const before = complete(2);
  const held = readAgain(under(flow, before));
  expect(checkDraft(held)).toEqual([]);
  expect(offer(held)).toMatchObject({ canSubmit: true, missing: [] });
  expect(toSubmission(held)?.spots.map(({ codes }) => codes.length)).toEqual([1, 1]);
  // the photo in which it was read proves it, whatever the version says of that photo
  expect(toSubmission(held)?.spots.map(({ codes }) => codes.map(({ photoId }) => photoId))).toEqual([['p3'], ['p5']]);
  const begun = readAgain(under(flow, complete(1, flow)));
  expect(checkDraft(begun)).toEqual([]);
  const typed = typeCode(begun, 's1', serial(0));
  const proof = toSubmission(typed.draft)?.spots.flatMap(({ codes }) => codes.map(({ photoId }) => photoId));
  expect(proof).toEqual(['p3']);
  const back = readAgain(under(MARKETING_CODE_FLOW, held));
  expect(offer(back).canSubmit).toBe(true);
});

it('a limit of spots is that of the programme', () => {
  const flow = flowBy(withChange('programme.yaml', 'limits: { spotsPerStore: 5 }', 'limits: { spotsPerStore: 2 }'));
  const { violations } = offer(under(flow, complete(3)));
  expect(violations).toEqual([{ code: 'tooManySpots', step: 'spots', spot: 's3', slot: undefined }]);
});

it('a field is read in the words of the programme, of its first language where the reader’s is not among them', () => {
  const changed = withChange('en.yaml', 'label: Name on the sign', 'label: Name over the door');
  const [store] = flowBy(changed).steps;
  const field = (role: string): FieldDefinition => {
    const found = store?.fields.find(({ is }) => is === role);
    if (found === undefined) throw new Error(`no field is ${role}`);
    return found;
  };
  const name = field('storeName');
  expect(fieldLabel(translator('en'), 'store', name)).toBe('Name over the door');
  expect(fieldLabel(translator('th'), 'store', name)).toBe(name.words?.th?.label);
  expect(fieldLabel(translator('th'), 'store', { ...name, words: { en: { label: 'Name over the door' } } })).toBe(
    'Name over the door',
  );
  const payment = field('paysWith');
  expect(optionText(translator('zh-CN'), payment, 'NONE_YET')).toBe(payment.words?.['zh-CN']?.options?.NONE_YET);
});

it('a photo that is sent once another programme is applied is for what that asks, though nothing was answered since', () => {
  const before = complete();
  const asked = [{ since: 1, value: { step: 'gone' } }];
  expect(aimAt(before, asked, 5)).toEqual(aimOf(before));
  expect(aimAt(before, [...asked, { since: 9, value: aimOf(before) }], 5)).toEqual({ step: 'gone', past: true });
});
