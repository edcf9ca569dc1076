import { describe, expect, it } from 'vitest';
import { fieldsOf, stepsOf } from '../../src/flow/definition.ts';
import { answer, back, formOf, leave, offer, open, placeOf, toSubmission } from '../../src/flow/engine.ts';
import { checkDraft } from '../support/check-draft.ts';
import { complete, emptyDraft, MERCHANT, plain, STORE, sent, spotSaved, storeSaved } from './shop.ts';

const STORE_FORM = { step: 'store', part: 'main' } as const;

it('no form has more than seven fields', () => {
  for (const step of stepsOf(emptyDraft())) {
    for (const part of ['main', 'more'] as const) expect(fieldsOf(step, part, true).length).toBeLessThanOrEqual(7);
  }
});

it('begins at the store form, with what is known in it', () => {
  const draft = emptyDraft();
  expect(placeOf(draft)).toEqual({ kind: 'form', ...STORE_FORM, reopened: false });
  expect(formOf(draft, STORE_FORM).values).toMatchObject({ city: 'Bangkok', nameLocal: '', consent: 'false' });
});

it('a saved form leads to the photo of the front', () => {
  expect(placeOf(storeSaved())).toMatchObject({ kind: 'photo', step: 'store', wanted: ['storefront'] });
});

it('an empty form comes back with every field that is missing, the box to tick too', () => {
  const { draft, problems } = answer(emptyDraft(), { ...STORE_FORM, values: {} });
  expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'nameLocal required',
    'address required',
    'paysWith required',
    'managerName required',
    'consent mustAgree',
  ]);
  expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'store' });
});

it('a form with one mistake comes back with everything that was typed, and nothing of it is saved', () => {
  const values = { ...STORE, address: 'x'.repeat(201) };
  const { draft, problems } = answer(emptyDraft(), { ...STORE_FORM, values });
  expect(problems).toEqual([{ code: 'tooLong', field: 'address', limit: 200 }]);
  expect(formOf(draft, STORE_FORM)).toMatchObject({ values, problems });
  expect(draft.answers.store).toBeUndefined();
  const { draft: mended } = answer(draft, { ...STORE_FORM, values: { address: 'Silom Rd 12' } });
  expect(mended.answers.store).toMatchObject({ nameLocal: 'Baan Coffee', consent: true });
  expect(mended.typed).toEqual({});
});

it.each([
  ['huge text', 'x'.repeat(1_000_000), 'tooLong'],
  ['only spaces and controls', ' \t\n\u0000 ', 'required'],
  ['an object', { index: 1 }, 'required'],
  ['null', null, 'required'],
  ['half a letter', '\ud83d'.repeat(90), 'tooLong'],
])('%s as a name is a problem, not a crash', (_, value, code) => {
  const { draft, problems } = answer(emptyDraft(), { ...STORE_FORM, values: { ...STORE, nameLocal: value } });
  expect(problems).toMatchObject([{ code, field: 'nameLocal' }]);
  expect(checkDraft(draft)).toEqual([]);
});

it('a choice that was never offered and a field that is not in the form are not taken', () => {
  const values = { ...STORE, paysWith: 'CASH', constructor: 'x', __proto__: { a: 1 }, tradingName: 'x' };
  const { draft, problems } = answer(emptyDraft(), { ...STORE_FORM, values });
  expect(problems).toEqual([{ code: 'notAChoice', field: 'paysWith' }]);
  expect(Object.keys(draft.typed['store::main']?.values ?? {})).toEqual(Object.keys(STORE));
});

it('a form of a spot that is gone says so and changes nothing', () => {
  const draft = storeSaved();
  const outcome = answer(draft, { step: 'spots', spot: 's9', part: 'main', values: {} });
  expect(outcome).toEqual({ draft, problems: [{ code: 'nothingThere' }] });
});

it('a shop that takes no Alipay+ yet is kept as a draft, and goes on once it does', () => {
  const draft = sent(storeSaved({ paysWith: 'NONE_YET' }), plain('front'));
  expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'store', blocked: 'storeNotAccepting' });
  expect(offer(draft).violations).toEqual([{ code: 'storeNotAccepting', step: 'store' }]);
  const { draft: later } = answer(draft, { ...STORE_FORM, values: { paysWith: 'ALIPAY_ONLY' } });
  expect(placeOf(later)).toMatchObject({ kind: 'form', step: 'spots', spot: 's1' });
});

it('optional answers are behind More details, can be emptied again, and are handed on', () => {
  const more = { step: 'store', part: 'more' } as const;
  const { draft } = answer(complete(), { ...more, values: { nameEn: 'Baan', openingHours: '8-17' } });
  const { draft: emptied } = answer(draft, { ...more, values: { nameEn: '' } });
  expect(toSubmission(emptied)?.store).toMatchObject({ countryRegion: 'TH' });
  expect(toSubmission(emptied)?.store.more).toEqual({ countryRegion: 'TH', openingHours: '8-17' });
});

it('the business form is prefilled with shop and manager, and takes a phone or an e-mail', () => {
  const form = { step: 'merchant', part: 'main' } as const;
  const draft = storeSaved();
  expect(formOf(draft, form).values).toMatchObject({ tradingName: 'Baan Coffee', contactName: 'Somchai' });
  const contact = (text: string) =>
    answer(draft, { ...form, values: { contactPhoneOrEmail: text } }).draft.answers.merchant?.contactPhoneOrEmail;
  expect(contact(MERCHANT.contactPhoneOrEmail)).toBe('+66812345678');
  expect(contact('Shop@Baan.example')).toBe('shop@baan.example');
  expect(contact('12')).toBeUndefined();
});

describe('spots', () => {
  it('the first form makes as many spots as were said, and may take untouched ones back', () => {
    const three = spotSaved(storeSaved(), 's1', { howMany: '3' });
    expect(three.spots.map(({ key }) => key)).toEqual(['s1', 's2', 's3']);
    expect(spotSaved(three, 's1', { howMany: '1' }).spots).toHaveLength(1);
    const touched = spotSaved(three, 's2');
    expect(spotSaved(touched, 's1', { howMany: '1' }).spots).toHaveLength(2);
  });

  it.each(['0', '6', '-1', 'many', '1e3', '2.5', ''])('%j spots are not taken', (howMany) => {
    const { problems } = answer(storeSaved(), {
      step: 'spots',
      spot: 's1',
      part: 'main',
      values: { howMany, fixedSecurely: 'true' },
    });
    expect(problems).toMatchObject([{ field: 'howMany' }]);
  });

  it('an untouched box means not stuck on firmly: a doubt, no reason to stop', () => {
    const { draft } = answer(storeSaved(), { step: 'spots', spot: 's1', part: 'main', values: {} });
    expect(draft.spots[0]?.answers).toEqual({ spotType: 'CASHIER_COUNTER', fixedSecurely: false, howMany: 1 });
    expect(offer(draft).doubts).toEqual([{ code: 'notFixed', step: 'spots', spot: 's1' }]);
  });
});

describe('a form that was re-opened from the summary', () => {
  it('leads back to the summary when it is saved', () => {
    const { draft } = open(complete(), { kind: 'form', ...STORE_FORM });
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'store', reopened: true });
    const { draft: saved } = answer(draft, { ...STORE_FORM, values: { nameLocal: 'Baan Cafe' } });
    expect(placeOf(saved)).toEqual({ kind: 'summary' });
    expect(toSubmission(saved)?.store.nameLocal).toBe('Baan Cafe');
  });

  it('keeps what was typed wrong when it is left, and says so before submitting', () => {
    const { draft } = open(complete(), { kind: 'form', ...STORE_FORM });
    const { draft: wrong } = answer(draft, { ...STORE_FORM, values: { nameLocal: 'x'.repeat(100) } });
    const { draft: left } = leave(wrong);
    expect(placeOf(left)).toEqual({ kind: 'summary' });
    expect(offer(left)).toMatchObject({ canSubmit: true, doubts: [{ code: 'typedNotSaved', step: 'store' }] });
    expect(formOf(left, STORE_FORM).values.nameLocal).toBe('x'.repeat(100));
  });

  it('back leads to the summary', () => {
    const { draft } = open(complete(), { kind: 'form', ...STORE_FORM });
    expect(placeOf(back(draft).draft)).toEqual({ kind: 'summary' });
  });

  it('a part that does not exist cannot be opened', () => {
    const draft = complete();
    expect(open(draft, { kind: 'form', step: 'spots', spot: 's7', part: 'main' })).toEqual({
      draft,
      problems: [{ code: 'nothingThere' }],
    });
  });
});

it('back goes screen by screen to the beginning and stays there', () => {
  let draft = complete();
  const seen: string[] = [];
  for (let i = 0; i < 7; i += 1) {
    const place = placeOf(draft);
    seen.push(`${place.kind} ${'step' in place ? place.step : ''}`.trim());
    draft = back(draft).draft;
    expect(checkDraft(draft)).toEqual([]);
  }
  expect(seen).toEqual([
    'summary',
    'form merchant',
    'photo spots',
    'form spots',
    'photo store',
    'form store',
    'form store',
  ]);
  expect(back(draft).draft).toBe(draft);
  expect(toSubmission(draft)).toEqual(toSubmission(complete()));
});
