import { isSubjectKind, type Subject, type SubjectKind } from '../src/platform/subject.ts';

/** Reads what a row is about. A kind that this release does not have becomes one that nothing is done to. */
export function subjectNamed({ kind, id }: Subject): Subject {
  return { kind: subjectKindNamed(kind), id };
}

export function subjectKindNamed(stored: string): SubjectKind {
  return isSubjectKind(stored) ? stored : 'gone';
}
