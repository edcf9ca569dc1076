import type { Draft, DraftPhoto, DraftSpot, Note, PhotoWhere, Question, Slot, SpotKey } from './draft.ts';
import { photoIn, questionKey } from './lookup.ts';

const MOST_NOTES = 6;

export function withSpot(draft: Draft, key: SpotKey, change: (spot: DraftSpot) => DraftSpot): Draft {
  return { ...draft, spots: draft.spots.map((spot) => (spot.key === key ? change(spot) : spot)) };
}

export function withPhoto(draft: Draft, photoId: string, change: Partial<DraftPhoto>): Draft {
  const photos = draft.photos.map((photo) => (photo.photoId === photoId ? { ...photo, ...change } : photo));
  return { ...draft, photos };
}

export function movePhoto(draft: Draft, photoId: string, where: PhotoWhere): Draft {
  return withPhoto(draft, photoId, { where });
}

/** Adds a line for the next card; the same line once, the newest last, only so many. */
export function withNote(draft: Draft, note: Note): Draft {
  const key = JSON.stringify(note);
  const others = draft.notes.filter((other) => JSON.stringify(other) !== key);
  return { ...draft, notes: [...others, note].slice(-MOST_NOTES) };
}

/** Asks, behind what is asked already; the same question again replaces itself. */
export function withQuestion(draft: Draft, question: Question): Draft {
  const key = questionKey(question);
  const index = draft.questions.findIndex((other) => questionKey(other) === key);
  const questions = index < 0 ? [...draft.questions, question] : draft.questions.with(index, question);
  return { ...draft, questions };
}

export function withoutQuestions(draft: Draft, isGone: (question: Question) => boolean): Draft {
  return draft.questions.some(isGone)
    ? { ...draft, questions: draft.questions.filter((question) => !isGone(question)) }
    : draft;
}

export function withoutTyped(draft: Draft, isGone: (key: string) => boolean): Draft {
  if (!Object.keys(draft.typed).some(isGone)) return draft;
  return { ...draft, typed: Object.fromEntries(Object.entries(draft.typed).filter(([key]) => !isGone(key))) };
}

export function closed(draft: Draft): Draft {
  const { opened, ...rest } = draft;
  return opened ? rest : draft;
}

/** The lines about what happened before were read, and are not said again. */
export function notesRead(draft: Draft): Draft {
  return draft.notes.length > 0 ? { ...draft, notes: [] } : draft;
}

/** What every answer or tap begins with: the lines about what happened before are read, a half-meant submit is off. */
export function acted(draft: Draft): Draft {
  return withoutQuestions(notesRead(draft), ({ kind }) => kind === 'confirmDoubts');
}

/** Puts a photo into a slot; what stood there is kept aside. A weak one is asked about. */
export function putPhoto(draft: Draft, photo: DraftPhoto, slot: Slot): Draft {
  const before = photoIn(draft, slot);
  const freed = before ? movePhoto(draft, before.photoId, { kind: 'setAside', why: 'replaced' }) : draft;
  let next = movePhoto(freed, photo.photoId, { kind: 'slot', slot });
  next = withNote(next, { code: 'photoKept', photoId: photo.photoId, slot });
  const weaknesses = photo.kept?.weaknesses ?? [];
  if (weaknesses.length > 0 && photo.kept?.accepted === false) {
    next = withQuestion(next, { kind: 'weakPhoto', photoId: photo.photoId, slot, weaknesses });
  }
  return renewed(next, slot);
}

function renewed(draft: Draft, slot: Slot): Draft {
  const { opened } = draft;
  if (opened?.part.kind !== 'photos' || opened.part.spot !== slot.spot || opened.renewed.includes(slot.name)) {
    return draft;
  }
  return { ...draft, opened: { ...opened, renewed: [...opened.renewed, slot.name] } };
}
