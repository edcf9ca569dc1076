import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldHash } from '../../cards/form-params.ts';
import { imageKey, toCardParams } from '../../cards/params.ts';
import { TEMPLATE_VARIABLES } from '../../cards/template/variables.ts';
import type { CardForm, CardView, DrawnFrom } from '../../cards/view.ts';
import { expectOfEveryFace } from './drawn.ts';

const from = { subject: { kind: 'draft', id: 'd1' }, version: 7, round: 0 } as const;
const plain: CardView = { title: 'Menu', actions: [] };
const names = TEMPLATE_VARIABLES.map(({ name }) => name);

function form(fields: NonNullable<CardView['form']>['fields']): CardView {
  return { ...plain, form: { action: 'promotion.answer', step: 'store', submitLabel: 'Save', fields } };
}

function askedForm({ form: asked }: CardView): CardForm {
  if (asked === undefined) throw new Error('the view asks nothing');
  return asked;
}

describe('the parameters of a card', () => {
  it('hold every variable as a string', () => {
    expectOfEveryFace(({ view }) => {
      const params = toCardParams(view, from, new Map());
      expect(Object.keys(params)).toEqual(names);
      for (const value of Object.values(params)) expect(typeof value).toBe('string');
    });
  });

  it('leave nothing of an earlier card behind', () => {
    const params = toCardParams(plain, from, new Map());
    for (const { name, empty } of TEMPLATE_VARIABLES) {
      if (name !== 'title' && name !== 'lastMessage') expect(params[name]).toBe(empty);
    }
  });

  it('give every button its routing key, subject and version', () => {
    const view: CardView = {
      ...plain,
      actions: [{ label: 'Resume', action: 'promotion.resume', params: { draft: 'd1' }, style: 'primary' }],
    };
    expect(JSON.parse(toCardParams(view, from, new Map()).buttons ?? '')).toEqual([
      {
        text: 'Resume',
        color: 'blue',
        action: 'promotion.resume',
        subject: 'draft:d1',
        version: '7',
        extra: '{"draft":"d1"}',
      },
    ]);
  });

  it('show only pictures whose address is known', () => {
    const example = { kind: 'example', name: 'storefront', alt: 'Example' } as const;
    const photo = { kind: 'photo', sha256: 'ab', alt: 'Door' } as const;
    const addresses = new Map([[imageKey(photo), '@media1']]);
    const params = toCardParams({ ...plain, images: [example, photo] }, from, addresses);
    expect(JSON.parse(params.images ?? '')).toEqual([{ url: '@media1', alt: 'Door' }]);
  });

  it.each([
    ['Cashier 1', 'Cashier 1: **✓**'],
    ['门头照', '门头照：**✓**'],
    ['收银台 1', '收银台 1：**✓**'],
  ])('part a label from its value by the colon of its script: %s', (label, facts) => {
    expect(toCardParams({ ...plain, facts: [{ label, value: '✓' }] }, from, new Map())).toMatchObject({ facts });
  });

  it('escape facts, and keep body as it was escaped', () => {
    const params = toCardParams(
      { ...plain, facts: [{ label: 'Shop', value: '<b>' }], body: ['**a**'] },
      from,
      new Map(),
    );
    expect(params).toMatchObject({ facts: 'Shop: **＜b＞**', body: '**a**' });
  });
});

describe('a form', () => {
  it("holds its fields in DingTalk's own shapes, with what stands in them", () => {
    const options = [
      { value: 'a', text: 'A' },
      { value: 'b', text: 'B' },
    ];
    const params = toCardParams(
      form([
        { name: 'text', label: 'Text', type: 'TEXT', required: true, value: 'x' },
        { name: 'box', label: 'Box', type: 'CHECKBOX', value: 'true' },
        { name: 'number', label: 'Number', type: 'NUMBER', value: '2' },
        { name: 'one', label: 'One', type: 'SELECT', options, value: 'b' },
        { name: 'some', label: 'Some', type: 'MULTI_SELECT', options, value: ['b', 'gone'] },
        { name: 'none', label: 'None', type: 'SELECT', options, value: 'gone' },
      ]),
      from,
      new Map(),
    );
    const { fields } = JSON.parse(params.form ?? '') as { fields: { defaultValue?: unknown }[] };
    expect(fields.map(({ defaultValue }) => defaultValue)).toEqual([
      'x',
      true,
      2,
      { index: 1, value: 'b' },
      { index: [1], value: ['b'] },
      undefined,
    ]);
    expect(params).toMatchObject({ form_action: 'promotion.answer', form_subject: 'draft:d1', form_version: '7' });
    expect(JSON.parse(params.form_base ?? '')).toMatchObject({ text: fieldHash('x'), none: fieldHash(undefined) });
  });

  it('has field names of its own, which only another question or an answer changes', () => {
    const names = ({ form }: Partial<Record<string, string>>): string[] =>
      (JSON.parse(form ?? '') as { fields: { name: string }[] }).fields.map(({ name }) => name);
    const asked = form([{ name: 'note', label: 'Note', type: 'TEXT' }]);
    const draw = (more: Partial<CardForm> = {}, others: Partial<DrawnFrom> = {}): string[] =>
      names(toCardParams({ ...asked, form: { ...askedForm(asked), ...more } }, { ...from, ...others }, new Map()));
    const again = draw({ submitLabel: 'Speichern' }, { version: 8 });
    expect(again).toEqual(draw());
    const different = [
      draw(),
      draw({ step: 'manager' }),
      draw({ action: 'inspection.answer' }),
      draw({ params: { form: 'form:store::main' } }),
      draw({}, { subject: { kind: 'draft', id: 'd2' } }),
      draw({}, { round: 1 }),
    ].flat();
    expect(new Set(different).size).toBe(different.length);
    for (const name of different) expect(name).toMatch(/^note_[0-9a-f]{8}_[01]$/);
  });

  it('says by a hash whether a field was left as it was drawn', () => {
    expect(fieldHash('')).toBe(fieldHash(undefined));
    expect(fieldHash([])).toBe(fieldHash(undefined));
    expect(fieldHash('a')).not.toBe(fieldHash('b'));
    expect(fieldHash('false')).not.toBe(fieldHash(undefined));
    expect(fieldHash('a')).toHaveLength(8);
  });

  it('comes back with what was typed, cut only when it could not fit', () => {
    const long = 'ร้าน'.repeat(3000);
    const params = toCardParams(form([{ name: 'a', label: 'A', type: 'TEXT', value: long }]), from, new Map());
    const [field] = (JSON.parse(params.form ?? '') as { fields: { defaultValue: string }[] }).fields;
    expect(long.startsWith((field?.defaultValue ?? '').slice(0, -1))).toBe(true);
    expect(Buffer.byteLength(params.form ?? '')).toBeLessThanOrEqual(8 * 1024);
    expect(JSON.parse(params.form_base ?? '')).toEqual({ a: fieldHash(field?.defaultValue) });
  });

  it('throws a bug when it has too many fields or options, or cannot fit', () => {
    const field = { name: 'a', label: 'A', type: 'TEXT' } as const;
    const options = Array.from({ length: 61 }, (_, index) => ({ value: `${index}`, text: `${index}` }));
    const wide = options.slice(0, 60).map(({ value }) => ({ value, text: 'x'.repeat(200) }));
    const draw = (view: CardView) => () => toCardParams(view, from, new Map());
    expect(draw(form(Array.from({ length: 8 }, (_, i) => ({ ...field, name: `${i}` }))))).toThrow('bug.unexpected');
    expect(draw(form([{ ...field, type: 'SELECT', options }]))).toThrow('bug.unexpected');
    expect(draw(form([{ ...field, type: 'SELECT', options: wide }]))).toThrow('bug.unexpected');
  });
});

describe('the limits', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 5000 }), fc.constant('ร้าน🏪'.repeat(900)));
  const view: fc.Arbitrary<CardView> = fc.record({
    title: text,
    body: fc.array(text, { maxLength: 8 }),
    facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 12 }),
    note: text,
    table: fc.record({
      columns: fc.array(text, { minLength: 1, maxLength: 9 }),
      rows: fc.array(fc.array(text, { maxLength: 9 }), { maxLength: 60 }),
    }),
    actions: fc.array(
      fc.record({
        label: text,
        action: fc.constant('promotion.view'),
        style: fc.constantFrom('primary' as const, 'plain' as const, 'danger' as const),
      }),
      { maxLength: 12 },
    ),
  });

  it('hold whatever is shown: 60 KB a card, 2,500 characters of markdown, titles of 30', () => {
    fc.assert(
      fc.property(view, (drawn) => {
        const params = toCardParams(drawn, from, new Map());
        expect(Buffer.byteLength(JSON.stringify(params))).toBeLessThanOrEqual(60 * 1024);
        expect((params.body ?? '').length).toBeLessThanOrEqual(2500);
        expect((params.facts ?? '').length).toBeLessThanOrEqual(2500);
        expect((params.title ?? '').length).toBeLessThanOrEqual(30);
      }),
      { numRuns: 40 },
    );
  });
});
