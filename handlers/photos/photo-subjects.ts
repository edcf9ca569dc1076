import { isSubjectKind, type Subject } from '../../src/platform/subject.ts';

/** The photos of a piece of work, a page of them. */
interface ListedPhotos {
  readonly work: Subject;
  /** From 1. */
  readonly page: number;
}

/** One photo, with a page of where it may go. */
export interface ChosenPhoto extends ListedPhotos {
  readonly photoId: string;
  /** The page of the list that it was chosen from. */
  readonly from: number;
}

/** A piece of work as a tap names it: `draft:d1`. */
export function workKey({ kind, id }: Subject): string {
  return `${kind}:${id}`;
}

/** Nothing in a tap is trusted: what names no kind of subject is undefined. */
export function workNamed(key: string | undefined): Subject | undefined {
  const colon = key?.indexOf(':') ?? -1;
  const kind = key?.slice(0, Math.max(0, colon)) ?? '';
  const id = key?.slice(colon + 1) ?? '';
  return isSubjectKind(kind) && id !== '' ? { kind, id } : undefined;
}

export function listSubject({ work, page }: ListedPhotos): Subject {
  return { kind: 'photoList', id: `${page}/${workKey(work)}` };
}

export function photoSubject({ work, page, from, photoId }: ChosenPhoto): Subject {
  return { kind: 'photo', id: `${page}/${from}/${workKey(work)}/${photoId}` };
}

export function listedPhotos({ kind, id }: Subject): ListedPhotos | undefined {
  const [, page = '', key] = (kind === 'photoList' && /^(\d{1,3})\/([^/]+)$/.exec(id)) || [];
  const work = workNamed(key);
  return work && { work, page: Number(page) };
}

export function chosenPhoto({ kind, id }: Subject): ChosenPhoto | undefined {
  const read = kind === 'photo' && /^(\d{1,3})\/(\d{1,3})\/([^/]+)\/(.+)$/s.exec(id);
  const [, page = '', from = '', key, photoId = ''] = read || [];
  const work = workNamed(key);
  return work && { work, page: Number(page), from: Number(from), photoId };
}

/** The work that a card is about, or whose photos it lists. */
export function workOf(subject: Subject): Subject {
  return chosenPhoto(subject)?.work ?? listedPhotos(subject)?.work ?? subject;
}
