import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldModel, formOf } from '../../cards/form.ts';
import { translator } from '../../cards/text.ts';
import type { FlowDefinition } from '../../src/domain/flows/definition.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { answer, newDraft } from '../../src/flow/engine.ts';
import { type FormRef, fieldsOfForm } from '../../src/flow/form.ts';
import { answer as answerInspection, type FormPart, fieldsOf } from '../../src/inspection/forms.ts';
import { partKey } from '../../src/inspection/parts.ts';
import { SHOP, Work } from '../inspection/shop.ts';
import { SHIPPED_PROGRAMMES, SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { drawnInAll } from './drawn.ts';

const RUNS = { numRuns: 200, seed: 20261128 };

/** The word for it, as a form puts it in brackets behind a label: `optional`. */
function wordFor(language: Language): string {
  return translator(language)('form.optional', { label: '' })
    .replaceAll(/[\s()（）［］[\]]/g, '')
    .toLowerCase();
}

function saysOptional(text: string, language: Language): boolean {
  return text.replaceAll(/\s/g, '').toLowerCase().includes(wordFor(language));
}

/** The fields of a form that are called optional, in any language, as cards draw them. */
function calledOptional(step: string, fields: readonly FieldModel[]): ReadonlySet<string> {
  const drawn = LANGUAGES.flatMap((language) => {
    const t = translator(language, SHIPPED_WORDS);
    const form = formOf(t, { step, fields, values: {} }, 'promotion.answer', '');
    return form.fields.filter(({ label }) => saysOptional(label, language));
  });
  return new Set(drawn.map(({ name }) => name));
}

const { programme, flowOf } = SHIPPED_PROGRAMMES.current();
const flows: readonly FlowDefinition[] = programme.products.map(({ id }) => flowOf(id));
const FORMS = flows
  .flatMap((flow) =>
    flow.steps.flatMap(({ id: step, repeats }) =>
      (['main', 'more'] as const).map((part) => ({
        label: `${flow.product} ${step} ${part}`,
        flow,
        ref: { step, part, spot: repeats ? 's1' : undefined } satisfies FormRef,
      })),
    ),
  )
  .filter(({ flow, ref }) => fieldsOfForm(newDraft(flow, {}), ref).length > 0);
const FOUND: readonly FormPart[] = [
  { kind: 'differs' },
  { kind: 'cannot' },
  { kind: 'problem', spotRef: 'cashier' },
  ...SHOP.rules.modes.map((mode) => ({ kind: 'payment', mode }) as const),
];
/** Forms outside of both that have an optional field; `test/handlers/waiting-list.test.ts` sends it empty. */
const ELSEWHERE = ['rejectAll'];

/** What one can leave in the fields of a form: nothing, something of the kind, and anything else. */
function typedInto(fields: readonly FieldModel[]) {
  const some = (options: readonly string[] = []) =>
    fc.oneof(fc.constantFrom('', ' ', 'true', '1', 'Baan', ...options), fc.subarray([...options]));
  return fc.record(Object.fromEntries(fields.map(({ name, options }) => [name, some(options)])));
}

const isEmpty = (value: unknown): boolean => (Array.isArray(value) ? value.length === 0 : `${value}`.trim() === '');

describe('a field that is called optional', () => {
  it('is so in every language, and none of those that its form needs', () => {
    const wrong = drawnInAll().flatMap(({ label, language, view }) =>
      (view.form?.fields ?? []).flatMap((field) =>
        field.required === true && saysOptional(field.label, language) ? [`${label}: ${field.label}`] : [],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each(FORMS)('may stay empty, whatever stands beside it: $label', ({ flow, ref }) => {
    const draft = newDraft(flow, { country: 'TH' });
    const fields = fieldsOfForm(draft, ref);
    const optional = calledOptional(ref.step, fields);
    const check = (values: Record<string, unknown>) => {
      const { problems } = answer(draft, { ...ref, values });
      const missed = problems.filter(({ field = '' }) => isEmpty(values[field]) && optional.has(field));
      expect(missed).toEqual([]);
    };
    fc.assert(fc.property(typedInto(fields), check), RUNS);
  });

  it.each(FOUND.map((part) => ({ label: partKey(part), part })))(
    'may stay empty in an inspection: $label',
    ({ part }) => {
      const fields = fieldsOf(part.kind, SHOP.rules);
      const optional = calledOptional(part.kind, fields);
      const check = (values: Record<string, unknown>) => {
        const typed = answerInspection(new Work().inspection, SHOP, part, values).typed[partKey(part)];
        const missed = (typed?.problems ?? []).filter(
          ({ field = '' }) => isEmpty(values[field]) && optional.has(field),
        );
        expect(missed).toEqual([]);
      };
      fc.assert(fc.property(typedInto(fields), check), RUNS);
    },
  );

  it('stands in no form that these do not send', () => {
    const steps = new Set(
      drawnInAll().flatMap(({ language, view: { form } }) =>
        form?.fields.some(({ label }) => saysOptional(label, language)) ? [form.step] : [],
      ),
    );
    const sent = new Set([...FORMS.map(({ ref }) => ref.step), ...FOUND.map(({ kind }) => kind), ...ELSEWHERE]);
    expect([...steps].filter((step) => !sent.has(step))).toEqual([]);
  });

  it('is none of those of which a form needs one', () => {
    const either = drawnInAll().filter(({ view }) => ['reject', 'invite'].includes(view.form?.step ?? ''));
    const optional = either.flatMap(({ label, language, view }) =>
      (view.form?.fields ?? []).filter((field) => saysOptional(field.label, language)).map(() => label),
    );
    expect([either.length > 0, optional]).toEqual([true, []]);
  });

  it('is called so by its form; the words of the programme say it of nothing but a photo that may be left out', () => {
    const slots = flows.flatMap(({ steps }) => steps.flatMap((step) => step.slots));
    const leftOut = slots.filter(({ required }) => !required).map(({ name }) => `slots.${name}.how`);
    const said = (language: Language): string[] =>
      Object.entries(SHIPPED_WORDS.get(language) ?? {}).flatMap(([place, text]) =>
        saysOptional(text, language) ? [place] : [],
      );
    expect(said('en')).toEqual([...new Set(leftOut)]);
    for (const language of LANGUAGES)
      expect([language, said(language).filter((place) => !leftOut.includes(place))]).toEqual([language, []]);
  });
});
