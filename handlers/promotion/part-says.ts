import type { SaidModel } from '../../cards/promotion/part-says.ts';
import type { PhotoInSlot } from '../../models/photo-in-slot.ts';
import type { FieldRole } from '../../src/domain/field-roles.ts';
import type { FieldDefinition, SlotName, StepDefinition } from '../../src/flow/definition.ts';
import type { Answers, AnswerValue } from '../../src/flow/draft.ts';

/** When the photo in a slot was sent, where there is one. */
type SentAt = (slot: SlotName) => number | undefined;

export function sentAt(photos: readonly PhotoInSlot[]): SentAt {
  return (slot) => photos.find((photo) => photo.slot === slot)?.at;
}

/** What the line of a part says otherwise, or its name does. */
const TOLD_OTHERWISE: ReadonlySet<FieldRole | undefined> = new Set([
  'spotType',
  'howMany',
  'posmForm',
  'quantity',
] satisfies FieldRole[]);

/** What a step that comes once sends: its answers with the photos that nobody has to send, and the photos that somebody has to. */
export function saysOfStep(
  step: StepDefinition,
  answers: Answers,
  sentAt: SentAt,
): { readonly form: readonly SaidModel[]; readonly photos: readonly SaidModel[] } {
  const ofSlots = (required: boolean): readonly SaidModel[] =>
    saysOfPhotos(
      step.slots.filter((slot) => slot.required === required),
      sentAt,
    );
  return { form: [...saysOfAnswers(step, answers), ...ofSlots(false)], photos: ofSlots(true) };
}

/** What a spot sends: what stands there, what else was answered, its photos. */
export function saysOfSpot(
  step: StepDefinition,
  { answers, codeEnd }: { readonly answers: Answers; readonly codeEnd?: string | undefined },
  sentAt: SentAt,
): readonly SaidModel[] {
  return [
    ...(codeEnd === undefined ? [] : [{ kind: 'code', end: codeEnd } as const]),
    ...saysOfStand(step, answers),
    ...saysOfAnswers(step, answers),
    ...saysOfPhotos(step.slots, sentAt),
  ];
}

function saysOfStand({ fields }: StepDefinition, answers: Answers): readonly SaidModel[] {
  const named = (role: FieldRole): FieldDefinition | undefined => fields.find(({ is }) => is === role);
  const quantity = answers[named('quantity')?.name ?? ''];
  if (typeof quantity !== 'number') return [];
  const field = named('posmForm');
  const value = answers[field?.name ?? ''];
  const form = field !== undefined && typeof value === 'string' ? { field, value } : undefined;
  return [{ kind: 'stands', quantity, form }];
}

/** A tick is asked for, or is a doubt that is said: it is no line of its own. */
function saysOfAnswers({ id: step, fields }: StepDefinition, answers: Answers): readonly SaidModel[] {
  return fields.flatMap((field): readonly SaidModel[] => {
    const answer = answers[field.name];
    if (answer === undefined || field.type === 'yesNo' || TOLD_OTHERWISE.has(field.is)) return [];
    return [{ kind: 'answer', step, field, value: asText(answer) }];
  });
}

function asText(answer: AnswerValue): string | readonly string[] {
  return typeof answer === 'object' ? answer : String(answer);
}

function saysOfPhotos(slots: StepDefinition['slots'], sentAt: SentAt): readonly SaidModel[] {
  const at = slots.flatMap(({ name }) => sentAt(name) ?? []);
  return at.length === 0 ? [] : [{ kind: 'photos', at }];
}
