import type { GreyImage } from './grey-image.ts';

/** Mean luminance (0 to 255) below which a photo may count as dark: a night scene or an unlit corner. */
const DARK_MEAN = 55;
/** As bright as this is what daylight falls on, however black the rest is; the lamps of a night are less than that part of it. */
const LIT = 110;
const LIT_PART = 0.1;

/**
 * Sharpness below which a photo counts as blurry, measured with `QUALITY_SIDE` pixels on the long side. A photo in focus
 * has some part above 300 even when most of it is a plain wall; a moved or unfocused one stays below 60 everywhere.
 */
export const BLURRY_BELOW = 60;

/** The long side of the picture that quality is measured on, so that thresholds do not depend on the camera. */
export const QUALITY_SIDE = 1024;

const TILES = 24;
/** A speck of dirt touches four tiles at the most. */
const BEST_BUT = 4;

/** Whether hardly any light falls on what is shown. */
export function isDark({ data }: GreyImage): boolean {
  let sum = 0;
  let lit = 0;
  for (let at = 0; at < data.length; at++) {
    const level = data[at] ?? 0;
    sum += level;
    if (level >= LIT) lit++;
  }
  return sum < DARK_MEAN * data.length && lit < LIT_PART * data.length;
}

/**
 * How sharp the sharpest parts are: the variance of the Laplacian in each of 24 × 24 tiles, of which the fifth best counts.
 * A background out of focus is no fault, and one speck of dirt is no sharpness.
 */
export function sharpness(image: GreyImage): number {
  const variances: number[] = [];
  for (let row = 0; row < TILES; row++) {
    for (let column = 0; column < TILES; column++) {
      variances.push(tileVariance(image, column, row));
    }
  }
  return variances.sort((a, b) => b - a)[BEST_BUT] ?? 0;
}

function tileVariance({ width, height, data }: GreyImage, column: number, row: number): number {
  const edge = (tile: number, size: number) => Math.min(size - 1, Math.max(1, Math.round((tile * size) / TILES)));
  const bottom = edge(row + 1, height);
  const right = edge(column + 1, width);
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let y = edge(row, height); y < bottom; y++) {
    for (let at = y * width + edge(column, width), end = y * width + right; at < end; at++) {
      const around = (data[at - 1] ?? 0) + (data[at + 1] ?? 0) + (data[at - width] ?? 0) + (data[at + width] ?? 0);
      const laplacian = around - 4 * (data[at] ?? 0);
      sum += laplacian;
      squares += laplacian * laplacian;
      count++;
    }
  }
  return count > 0 ? squares / count - (sum / count) ** 2 : 0;
}
