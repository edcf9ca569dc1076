import { inspectionPhotos } from '../inspection/inspection-photos.ts';
import { draftPhotos } from '../promotion/draft-photos.ts';
import { appealPhotos } from '../review/appeal-photos.ts';
import type { PhotoTaker } from './photo-taker.ts';

const TAKERS: Readonly<Record<string, PhotoTaker>> = {
  draft: draftPhotos,
  inspection: inspectionPhotos,
  appeal: appealPhotos,
};

/** Who takes the photos for what is in hand, by its kind; for nothing in hand, the draft that they may be for. */
export function takerFor(kind: string | undefined): PhotoTaker {
  return TAKERS[kind ?? 'draft'] ?? draftPhotos;
}
