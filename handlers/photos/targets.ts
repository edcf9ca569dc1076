import type { SubjectKind } from '../../src/platform/subject.ts';
import { inspectionPhotos } from '../inspection/inspection-photos.ts';
import { draftPhotos } from '../promotion/draft-photos.ts';
import { appealPhotos } from '../review/appeal-photos.ts';
import type { PhotoTarget } from './photo-target.ts';

const TARGETS: Readonly<Partial<Record<SubjectKind, PhotoTarget>>> = {
  draft: draftPhotos,
  inspection: inspectionPhotos,
  appeal: appealPhotos,
};

/** What photos go to, by the kind of the person's current work; where there is none, the draft that they may be for. */
export function photoTargetOf(kind: SubjectKind | undefined): PhotoTarget {
  return TARGETS[kind ?? 'draft'] ?? draftPhotos;
}
