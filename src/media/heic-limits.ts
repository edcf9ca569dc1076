import { KEPT_LONG_SIDE } from './photo-limits.ts';

/**
 * What of a HEIC is decoded at once, pixels: phones store pieces of 512 × 512, some programmes the whole picture as one. And what may come
 * of it in all.
 */
export const LARGEST_HEIC_PIECE = { alone: 13_000_000, ofSeveral: 2_100_000 };
export const LARGEST_HEIC_RESULT = 26_500_000;

/** By what both sides of a larger picture are divided on the way: a power of two that leaves at least what is kept. */
export function halvedTo(longSide: number, divides: (step: number) => boolean = () => true): number {
  let step = 1;
  while (longSide / (step * 2) >= KEPT_LONG_SIDE && divides(step * 2)) step *= 2;
  return step;
}
