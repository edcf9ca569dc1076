import type { Code } from '../domain/code.ts';
import { relabelled, type SpotLabel, spotLabels } from '../domain/spot-label.ts';
import type { FieldName, StepId } from './definition.ts';
import type { Answers, AnswerValue, Draft, DraftPhoto, DraftSpot, Question, Slot, SpotKey } from './draft.ts';
import { fieldThatIs, spotAnswerAs } from './roles.ts';

export function spotOf(draft: Draft, key: SpotKey | undefined): DraftSpot | undefined {
  return key === undefined ? undefined : draft.spots.find((spot) => spot.key === key);
}

/** How each spot is called, in order: by its type and which one of that type it is. */
export function labelsOf(draft: Draft): readonly SpotLabel[] {
  const { spots, modifies } = draft;
  const types = spots.map(({ answers }) => {
    const type = spotAnswerAs(draft, answers, 'spotType');
    return typeof type === 'string' ? type : undefined;
  });
  const label = modifies?.label;
  if (label === undefined) return spotLabels(types, fieldThatIs(draft, 'spotType')?.field.initial ?? '');
  return types.map((type) => relabelled(label, type, modifies?.others ?? []));
}

export function sameSlot(a: Slot, b: Slot): boolean {
  return a.name === b.name && a.spot === b.spot;
}

/** The photo that stands in a slot. */
/** The codes that one of them may be at a spot: those that count, else those that nobody knows. */
export function codesIn(photo: Pick<DraftPhoto, 'kept'> | undefined): readonly Code[] {
  const { codes = [], unknown = [] } = photo?.kept ?? {};
  return [...codes, ...unknown];
}

export function photoIn(draft: Draft, slot: Slot): DraftPhoto | undefined {
  return draft.photos.find(({ where }) => where.kind === 'slot' && sameSlot(where.slot, slot));
}

export function photoOf(draft: Draft, photoId: string): DraftPhoto | undefined {
  return draft.photos.find((photo) => photo.photoId === photoId);
}

/** Whether a slot was filled since its screen was re-opened. */
export function isRenewed({ opened }: Draft, { name, spot }: Slot): boolean {
  return opened?.part.kind === 'photos' && opened.part.spot === spot && opened.renewed.includes(name);
}

/** How many photos have come and have no verdict yet. */
export function photosBeingChecked(draft: Draft): number {
  return draft.photos.filter(({ where }) => where.kind === 'checking').length;
}

/** Photos that wait for a slot to open, by running number. */
export function trayOf(draft: Draft): readonly DraftPhoto[] {
  return draft.photos.filter(({ where }) => where.kind === 'tray');
}

/** The saved answers of a step, or of one spot. */
export function answersOf(draft: Draft, step: StepId, spot?: SpotKey): Answers {
  return (spot === undefined ? draft.answers[step] : spotOf(draft, spot)?.answers) ?? {};
}

export function answerOf(draft: Draft, step: StepId, field: FieldName): AnswerValue | undefined {
  return draft.answers[step]?.[field];
}

/** Tells one open question from another. */
export function questionKey(question: Question): string {
  switch (question.kind) {
    case 'twoCodes':
    case 'weakPhoto':
      return `${question.kind}:${question.photoId}`;
    case 'codeBoundHere':
      return `${question.kind}:${question.spot}:${question.code.codeId}`;
    case 'sameShop':
    case 'confirmDoubts':
      return question.kind;
  }
}
