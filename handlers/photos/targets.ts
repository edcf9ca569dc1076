import type { SubjectKind } from '../../src/platform/subject.ts';
import { inspectionPhotos } from '../inspection/inspection-photos.ts';
import { draftPhotos } from '../promotion/draft-photos.ts';
import { appealPhotos } from '../review/appeal-photos.ts';
import { allotPhotos } from '../stock/allot-photos.ts';
import type { PhotoTarget } from './photo-target.ts';

const TARGETS: ReadonlyMap<SubjectKind, PhotoTarget> = new Map([
  ['draft', draftPhotos],
  ['inspection', inspectionPhotos],
  ['appeal', appealPhotos],
  ['allotting', allotPhotos],
]);

/** What takes photos of this kind of work; undefined for what photos are not sent for. */
export function photoTargetOf(kind: SubjectKind): PhotoTarget | undefined {
  return TARGETS.get(kind);
}

/** Everything that takes photos, by its kind. */
export function targets(): ReadonlyMap<SubjectKind, PhotoTarget> {
  return TARGETS;
}
