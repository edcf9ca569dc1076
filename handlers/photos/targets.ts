import { inspectionPhotos } from '../inspection/inspection-photos.ts';
import { draftPhotos } from '../promotion/draft-photos.ts';
import { appealPhotos } from '../review/appeal-photos.ts';
import type { PhotoTarget } from './photo-target.ts';

const TARGETS: Readonly<Record<string, PhotoTarget>> = {
  draft: draftPhotos,
  inspection: inspectionPhotos,
  appeal: appealPhotos,
};

/** What photos go to, by the kind of the person's current work; where there is none, the draft that they may be for. */
export function photoTargetOf(kind: string | undefined): PhotoTarget {
  return TARGETS[kind ?? 'draft'] ?? draftPhotos;
}
