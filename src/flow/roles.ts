import { FIELD_ROLES, type FieldRole, type OptionRole } from '../domain/field-roles.ts';
import type { FieldDefinition, FieldName, StepDefinition, StepId } from './definition.ts';
import type { Answers, AnswerValue, Draft } from './draft.ts';

type InFlow = Pick<Draft, 'flow'>;

/** The field that is what a rule asks for, and the step that asks it; undefined where the flow has none. */
export function fieldThatIs(
  { flow }: InFlow,
  role: FieldRole,
): { readonly step: StepDefinition; readonly field: FieldDefinition } | undefined {
  for (const step of flow.steps) {
    const field = step.fields.find(({ is }) => is === role);
    if (field !== undefined) return { step, field };
  }
  return undefined;
}

/** The name of the field that is that; where the flow has none, what is known of it stands under the role itself. */
export function nameAs(draft: InFlow, role: FieldRole): FieldName {
  return fieldThatIs(draft, role)?.field.name ?? role;
}

/** What was answered, of a step that comes once, to the field that is that. */
export function answerAs(draft: Pick<Draft, 'flow' | 'answers'>, role: FieldRole): AnswerValue | undefined {
  const found = fieldThatIs(draft, role);
  return found && draft.answers[found.step.id]?.[found.field.name];
}

/** What was answered of one spot to the field that is that. */
export function spotAnswerAs(draft: InFlow, answers: Answers, role: FieldRole): AnswerValue | undefined {
  return answers[nameAs(draft, role)];
}

/** Whether the shop pays in a way that rules know: `onlyAlipay`, `notAccepting`. */
export function paysAs(draft: Pick<Draft, 'flow' | 'answers'>, how: OptionRole): boolean {
  const options = fieldThatIs(draft, 'paysWith')?.field.optionsThatAre?.[how] ?? [];
  const answer = answerAs(draft, 'paysWith');
  return options.some((option) => option === answer);
}

/** The option that says so of a shop: the first one that fits. */
export function optionPaying(draft: InFlow, onlyAlipay: boolean): string | undefined {
  const { options = [], optionsThatAre } = fieldThatIs(draft, 'paysWith')?.field ?? {};
  const [only] = optionsThatAre?.onlyAlipay ?? [];
  const told = new Set([...(optionsThatAre?.onlyAlipay ?? []), ...(optionsThatAre?.notAccepting ?? [])]);
  return onlyAlipay ? only : options.find((option) => !told.has(option));
}

/** What is known by what it is, as answers by the names of this flow's fields; what the flow does not ask stays under what it is. */
export function byName<Value>(
  draft: InFlow,
  known: Readonly<Partial<Record<FieldRole, Value>>>,
): Readonly<Partial<Record<FieldName, Value>>> {
  const roles = FIELD_ROLES.filter((role) => known[role] !== undefined);
  return Object.fromEntries(roles.map((role) => [nameAs(draft, role), known[role]]));
}

/** The step that says which shop it is: the one that asks for its name. */
export function storeStepOf(draft: InFlow): StepId {
  return fieldThatIs(draft, 'storeName')?.step.id ?? draft.flow.steps[0]?.id ?? '';
}

/** The step that comes once for each spot; empty where the flow has none. */
export function spotStepOf({ flow }: InFlow): StepId {
  return flow.steps.find(({ repeats }) => repeats)?.id ?? '';
}
