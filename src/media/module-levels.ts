import type { Position } from 'zxing-wasm/reader';
import type { GreyImage } from './grey-image.ts';

type Point = Position['topLeft'];

/** How dark it is at a place in the code, 0 to 1 across and down: 1 far darker than around, -1 far lighter, 0 outside of the picture. */
export type Levels = (u: number, v: number) => number;

/** How clearly the module of this number, row by row, shows at that place. */
export type Clearness = (at: number, u: number, v: number) => number;

/** Where each module lies in the code, 0 to 1 across and down, row by row. */
export interface Places {
  readonly u: Float32Array;
  readonly v: Float32Array;
}

/** Levels in a code of `side` × `side` modules that stands there; undefined where that is not in the picture. */
export function levelsAt(
  grey: GreyImage,
  { topLeft, topRight, bottomRight, bottomLeft }: Position,
  side: number,
): Levels | undefined {
  const corners = [topLeft, topRight, bottomRight, bottomLeft] as const;
  const module = Math.hypot(topLeft.x - bottomRight.x, topLeft.y - bottomRight.y) / Math.SQRT2 / side;
  const around = darkness(grey, corners, module);
  if (around === undefined) return undefined;
  const { left, top, width, height, data } = around;
  const [a, b, c, d, e, f, g, h] = ontoCorners(corners);
  return (u, v) => {
    const depth = g * u + h * v + 1;
    const x = (a * u + b * v + c) / depth - left - 0.5;
    const y = (d * u + e * v + f) / depth - top - 0.5;
    return between(data, width, height, x, y);
  };
}

function between(data: Float32Array, width: number, height: number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) return 0;
  const at = row * width + column;
  const across = x - column;
  const upper = (data[at] ?? 0) * (1 - across) + (data[at + 1] ?? 0) * across;
  const lower = (data[at + width] ?? 0) * (1 - across) + (data[at + width + 1] ?? 0) * across;
  return upper + (lower - upper) * (y - row);
}

/** The eight numbers of the perspective that lays the unit square onto these corners. */
function ontoCorners([a, b, c, d]: readonly [Point, Point, Point, Point]) {
  const sum = { x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y };
  const right = { x: b.x - c.x, y: b.y - c.y };
  const down = { x: d.x - c.x, y: d.y - c.y };
  const area = right.x * down.y - down.x * right.y;
  const g = (sum.x * down.y - down.x * sum.y) / area;
  const h = (right.x * sum.y - sum.x * right.y) / area;
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h] as const;
}

interface Darkness {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Pixels around the code that the levels are held against, in modules to each side. */
const AROUND = 5;
/** So little contrast is noise, grey levels. */
const NOISE = 4;
const MARGIN = 4;

/** Around the code how much darker than its neighbourhood each pixel is, in standard deviations, 1 at most: shadows and folds fall away. */
function darkness(grey: GreyImage, corners: readonly Point[], module: number): Darkness | undefined {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const margin = module * MARGIN;
  const left = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const top = Math.max(0, Math.floor(Math.min(...ys) - margin));
  const width = Math.min(grey.width, Math.ceil(Math.max(...xs) + margin)) - left;
  const height = Math.min(grey.height, Math.ceil(Math.max(...ys) + margin)) - top;
  if (!(width > 1 && height > 1)) return undefined;
  const sums = tableOfSums(grey, { left, top, width, height });
  const reach = Math.max(3, Math.round(module * AROUND));
  const within = Math.floor(module * 0.3);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const around = sums.means(x, y, reach);
      const here = sums.means(x, y, within).level;
      const deviation = Math.sqrt(Math.max(0, around.square - around.level ** 2));
      data[y * width + x] = Math.max(-1, Math.min(1, (around.level - here) / (deviation + NOISE)));
    }
  }
  return { left, top, width, height, data };
}

/** Means of the levels, and of their squares, over squares of any size, each at the cost of four look-ups. */
function tableOfSums(grey: GreyImage, { left, top, width, height }: Omit<Darkness, 'data'>) {
  const wide = width + 1;
  const levels = new Float64Array(wide * (height + 1));
  const squares = new Float64Array(wide * (height + 1));
  for (let y = 0; y < height; y++) {
    let sum = 0;
    let square = 0;
    for (let x = 0; x < width; x++) {
      const level = grey.data[(y + top) * grey.width + x + left] ?? 0;
      sum += level;
      square += level * level;
      const at = (y + 1) * wide + x + 1;
      levels[at] = (levels[at - wide] ?? 0) + sum;
      squares[at] = (squares[at - wide] ?? 0) + square;
    }
  }
  const over = (table: Float64Array, from: number, to: number, above: number, below: number): number =>
    (table[below * wide + to] ?? 0) -
    (table[above * wide + to] ?? 0) -
    (table[below * wide + from] ?? 0) +
    (table[above * wide + from] ?? 0);
  return {
    means(x: number, y: number, reach: number) {
      const from = Math.max(0, x - reach);
      const to = Math.min(width, x + reach + 1);
      const above = Math.max(0, y - reach);
      const below = Math.min(height, y + reach + 1);
      const count = (to - from) * (below - above);
      return {
        level: over(levels, from, to, above, below) / count,
        square: over(squares, from, to, above, below) / count,
      };
    },
  };
}
