import { describe, expect, it } from 'vitest';
import {
  draftAfter,
  initialDraft,
  type KeptValues,
  keep,
  problemsOf,
  submittedForm,
} from '../src/protocol/form-values.ts';
import type { RenderedField } from '../src/protocol/page-protocol.ts';

const OPTIONS = ['a', 'b', 'c'].map((value) => ({ value, text: value.toUpperCase() }));

function field(type: string, more: Partial<RenderedField> = {}): RenderedField {
  return { name: type, label: type, type, required: false, ...more };
}

const SAY = { needed: 'This is needed.', digits: 'Use digits only.' };

describe('what a form submits', () => {
  it('has the shape that DingTalk gives each type', () => {
    const fields = [
      ...['TEXT', 'TEXT_AREA', 'NUMBER', 'TEXT_ARRAY', 'DATE', 'TIME', 'DATETIME', 'CHECKBOX', 'SWITCH'].map((type) =>
        field(type),
      ),
      ...['SELECT', 'MULTI_SELECT', 'CHECKBOX_GROUP', 'MULTI_CHECKBOX_GROUP'].map((type) =>
        field(type, { options: OPTIONS }),
      ),
    ];
    const draft = {
      TEXT: 'x',
      TEXT_AREA: 'two\nlines',
      NUMBER: '2.5',
      TEXT_ARRAY: ['p', '', 'q'],
      DATE: '2026-11-23',
      TIME: '10:42',
      DATETIME: '2026-11-23T10:42',
      CHECKBOX: true,
      SWITCH: false,
      SELECT: 'b',
      MULTI_SELECT: ['c', 'a'],
      CHECKBOX_GROUP: 'b',
      MULTI_CHECKBOX_GROUP: ['c', 'a'],
    };
    expect(submittedForm(fields, draft)).toEqual({
      ...draft,
      NUMBER: 2.5,
      TEXT_ARRAY: ['p', 'q'],
      DATETIME: '2026-11-23 10:42',
      SELECT: { index: 1, value: 'b' },
      MULTI_SELECT: { index: [0, 2], value: ['a', 'c'] },
      MULTI_CHECKBOX_GROUP: ['a', 'c'],
    });
  });

  it('leaves out what nobody touched, and sends what was cleared', () => {
    const fields = [field('TEXT'), field('NUMBER'), field('CHECKBOX'), field('SELECT', { options: OPTIONS })];
    expect(submittedForm(fields, {})).toEqual({});
    expect(submittedForm(fields, { TEXT: '', CHECKBOX: false, SELECT: '' })).toEqual({ TEXT: '', CHECKBOX: false });
  });

  it('sends the defaults as they were drawn', () => {
    const fields = [
      field('TEXT', { value: 'Bangkok' }),
      field('NUMBER', { value: 2 }),
      field('CHECKBOX', { value: true }),
      field('SELECT', { value: { index: 2, value: 'c' }, options: OPTIONS }),
      field('MULTI_SELECT', { value: { index: [0], value: ['a'] }, options: OPTIONS }),
      field('DATETIME', { value: '2026-11-23 10:42' }),
    ];
    expect(submittedForm(fields, initialDraft(fields))).toEqual({
      TEXT: 'Bangkok',
      NUMBER: 2,
      CHECKBOX: true,
      SELECT: { index: 2, value: 'c' },
      MULTI_SELECT: { index: [0], value: ['a'] },
      DATETIME: '2026-11-23 10:42',
    });
  });

  it('sends back what is hidden and what may only be read', () => {
    const fields = [
      field('TEXT', { name: 'secret', value: 'asdf', hidden: true }),
      field('DATE', { value: '2026-11-26', readOnly: true }),
    ];
    expect(submittedForm(fields, initialDraft(fields))).toEqual({ secret: 'asdf', DATE: '2026-11-26' });
  });

  it('chooses in a list by index and value alone', () => {
    const fields = [
      field('SELECT', { value: 'b', options: OPTIONS }),
      field('MULTI_SELECT', { value: ['a'], options: OPTIONS }),
      field('CHECKBOX_GROUP', { value: 'b', options: OPTIONS }),
    ];
    expect(initialDraft(fields)).toEqual({ CHECKBOX_GROUP: 'b' });
  });
});

describe('a form that follows another on the same card', () => {
  const after = (first: readonly RenderedField[], next: readonly RenderedField[]) => {
    const kept: KeptValues = new Map();
    keep(first, draftAfter(first, kept), kept);
    return draftAfter(next, kept);
  };

  it('begins with what stood in the fields of its names, whatever its own defaults', () => {
    const first = [field('SWITCH', { name: 'on', value: true }), field('TEXT', { name: 'note', value: 'Door' })];
    const next = [field('SWITCH', { name: 'on', value: false }), field('TEXT', { name: 'other', value: 'Till' })];
    expect(after(first, next)).toEqual({ on: true, other: 'Till' });
  });

  it('has its own where the name means another type, or may not be changed', () => {
    const first = [field('TEXT', { name: 'n', value: '1' }), field('TEXT', { name: 'fixed', value: 'old' })];
    const next = [
      field('NUMBER', { name: 'n', value: 2 }),
      field('TEXT', { name: 'fixed', value: 'new', readOnly: true }),
    ];
    expect(after(first, next)).toEqual({ n: '2', fixed: 'new' });
  });
});

describe('what a form complains about', () => {
  it('is what is needed and missing, in the words of the card', () => {
    const fields = [
      field('TEXT', { required: true, requiredMsg: 'Name: fill this in.' }),
      field('CHECKBOX', { required: true }),
      field('SWITCH', { required: true }),
      field('MULTI_SELECT', { required: true, options: OPTIONS }),
      field('TEXT_ARRAY', { required: true }),
      field('DATE'),
    ];
    const problems = problemsOf(fields, { TEXT: '  ', CHECKBOX: false, MULTI_SELECT: [], TEXT_ARRAY: ['', ' '] }, SAY);
    expect(Object.keys(problems)).toEqual(['TEXT', 'CHECKBOX', 'MULTI_SELECT', 'TEXT_ARRAY']);
    expect(problems.TEXT).toBe('Name: fill this in.');
  });

  it('is a number that is none', () => {
    const fields = [field('NUMBER')];
    for (const good of ['2', '0.5', '-3', ' 7 ', '']) expect(problemsOf(fields, { NUMBER: good }, SAY)).toEqual({});
    for (const bad of ['two', '1e9', '1,5', '2 pcs'])
      expect(problemsOf(fields, { NUMBER: bad }, SAY)).toHaveProperty('NUMBER');
  });
});
