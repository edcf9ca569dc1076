import { type InspectionRules, idThatIs, saysOne } from '../domain/inspection-rules.ts';
import type { AnswerValue, Problem, RawValue } from '../flow/draft.ts';
import { asRawValue, asShown, type Readable, readField } from '../flow/read-field.ts';
import type { Assignment, Inspection, Part, Payment } from './inspection.ts';
import { acted, answered, partKey } from './parts.ts';
import { paymentIn, toolByRule } from './payment-rule.ts';

/** The parts that are forms. */
export type FormPart = Extract<Part, { kind: 'differs' | 'cannot' | 'problem' | 'payment' }>;

type Field = Readable<string> & {
  /** Where the programme's words have what can be chosen. */
  readonly optionsAt?: string | undefined;
  /** Needed for some of the answers beside it. */
  readonly sometimes?: boolean | undefined;
};

const NOTE: Field = { name: 'note', type: 'text', required: false, maxLength: 300 };

/** The fields of a form, in order. */
export function fieldsOf(kind: FormPart['kind'], rules: InspectionRules): readonly Field[] {
  switch (kind) {
    case 'differs':
      return [choices('differs', 'inspection.differs', rules.differs), NOTE];
    case 'problem':
      return [choices('problems', 'inspection.problems', rules.problems), NOTE];
    case 'cannot':
      return [{ ...REASON, options: rules.cannot, optionsAt: 'inspection.cannot' }, NOTE];
    case 'payment':
      return [
        { ...RESULT, options: rules.results.map(({ id }) => id), optionsAt: 'results' },
        { name: 'amount', type: 'number', required: false, sometimes: true, isAmount: true },
      ];
  }
}

const REASON = { name: 'cannot', type: 'choice', required: true } as const;
const RESULT = { name: 'result', type: 'choice', required: true } as const;

function choices(name: string, optionsAt: string, of: readonly { readonly id: string }[]): Field {
  return { name, type: 'choices', required: true, options: of.map(({ id }) => id), optionsAt };
}

type Values = Readonly<Record<string, RawValue>>;

/** What a form's card shows: its fields, what stands in each, and what was wrong with what was typed. */
export interface ShownForm {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly problems: readonly Problem<string>[];
}

export function isFormPart(part: { readonly kind: string }): part is FormPart {
  return ['differs', 'cannot', 'problem', 'payment'].includes(part.kind);
}

/** A form as it stands: what was typed and refused before what was said, before what follows from it. */
export function formOf(inspection: Inspection, assignment: Assignment, part: FormPart): ShownForm {
  const typed = inspection.typed[partKey(part)];
  const said = saidIn(inspection, assignment, part);
  const fields = fieldsOf(part.kind, assignment.rules);
  return {
    fields,
    values: Object.fromEntries(fields.map(({ name }) => [name, typed?.values[name] ?? said[name] ?? ''])),
    problems: typed?.problems ?? [],
  };
}

function saidIn(inspection: Inspection, assignment: Assignment, part: FormPart): Values {
  switch (part.kind) {
    case 'differs':
      return shown({ differs: inspection.store?.differs, note: inspection.store?.note });
    case 'problem': {
      const spot = inspection.spots.find(({ spotRef }) => spotRef === part.spotRef);
      return shown({ problems: spot?.problems, note: spot?.note });
    }
    case 'cannot':
      return shown({ cannot: inspection.cannot?.reason, note: inspection.cannot?.note });
    case 'payment': {
      const payment = paymentIn(inspection, assignment, part.mode);
      // a shop that does not take Alipay+ does not offer it in either way
      const { differs, results } = assignment.rules;
      const isLikely = saysOne(inspection.store?.differs, differs, 'notAccepting');
      const likely = isLikely ? idThatIs(results, 'notAccepted') : undefined;
      return shown({ result: payment?.result ?? likely, amount: payment?.amount });
    }
  }
}

function shown(said: Readonly<Record<string, string | number | readonly string[] | undefined>>): Values {
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, asShown(value)]])),
  );
}

/**
 * Takes a form: values by field name, in any shape; a field that is absent keeps what the form showed. All is saved, or nothing:
 * a form with a problem is kept as typed and comes back. Never refused for age.
 */
export function answer(
  inspection: Inspection,
  assignment: Assignment,
  part: FormPart,
  given: Readonly<Record<string, unknown>>,
): Inspection {
  const { fields, values } = formOf(inspection, assignment, part);
  const raw: Record<string, RawValue> = {};
  const read: Record<string, AnswerValue | undefined> = {};
  const problems: Problem<string>[] = [];
  for (const field of fields) {
    const sent = Object.hasOwn(given, field.name) ? asRawValue(given[field.name]) : undefined;
    const value = sent ?? values[field.name] ?? '';
    raw[field.name] = value;
    const reading = readField(field, value, '');
    if (reading.ok) read[field.name] = reading.value;
    else problems.push(reading.problem);
  }
  const isPaid = read.result !== undefined && read.result === idThatIs(assignment.rules.results, 'success');
  if (isPaid && read.amount === undefined && problems.length === 0)
    problems.push({ code: 'required', field: 'amount' });
  if (problems.length > 0) {
    const typed = { ...inspection.typed, [partKey(part)]: { values: raw, problems } };
    return { ...acted(inspection), typed, opened: part };
  }
  return saved(inspection, assignment, part, read);
}

function saved(
  inspection: Inspection,
  assignment: Assignment,
  part: FormPart,
  read: Readonly<Record<string, AnswerValue | undefined>>,
): Inspection {
  const note = typeof read.note === 'string' ? { note: read.note } : {};
  switch (part.kind) {
    case 'differs': {
      const differs = chosen(idsOf(assignment.rules.differs), read.differs);
      return { ...answered(inspection, part, { kind: 'store' }), store: { differs, ...note } };
    }
    case 'problem': {
      const problems = chosen(idsOf(assignment.rules.problems), read.problems);
      return withSpot(inspection, { spotRef: part.spotRef, problems, ...note });
    }
    case 'cannot': {
      const [reason] = chosen(assignment.rules.cannot, read.cannot);
      return reason === undefined ? inspection : { ...answered(inspection, part), cannot: { reason, ...note } };
    }
    case 'payment': {
      const { mode } = part;
      const [result] = chosen(idsOf(assignment.rules.results), read.result);
      if (result === undefined) return inspection;
      const tool = toolByRule(inspection, assignment);
      const payment: Payment = {
        mode,
        tool,
        result,
        amount: typeof read.amount === 'number' ? read.amount : undefined,
      };
      const others = inspection.payments.filter((one) => one.mode !== mode || one.tool !== tool);
      return { ...answered(inspection, part), tool, payments: [...others, payment] };
    }
  }
}

function idsOf(choices: readonly { readonly id: string }[]): readonly string[] {
  return choices.map(({ id }) => id);
}

function chosen(options: readonly string[], value: AnswerValue | undefined): readonly string[] {
  const values = typeof value === 'object' ? value : [value];
  return options.filter((option) => values.includes(option));
}

/** What was found at a spot, whether by a tap or by a form. */
export function withSpot(inspection: Inspection, finding: Inspection['spots'][number]): Inspection {
  const { spotRef } = finding;
  const others = inspection.spots.filter((spot) => spot.spotRef !== spotRef);
  return {
    ...answered(inspection, { kind: 'problem', spotRef }, { kind: 'spot', spotRef }),
    spots: [...others, finding],
  };
}
