import type { GreyImage } from './grey-image.ts';

/** The side of the square picture that is laid over another one. */
export const VIEW_SIDE = 96;

/** Neighbourhood that light is told from shape by, pixels to each side. */
const AROUND = 8;
/** So little contrast is noise, grey levels. */
const NOISE = 5;
/** So much of a picture has to lie in the other one. */
const LEAST_SEEN = 0.65;
const COARSE = 16;
const FINE = 32;
const SCALES = [0.88, 0.94, 1, 1.06, 1.13];
const SHIFTS = [-0.08, -0.04, 0, 0.04, 0.08];
/** Pixels to each side. */
const SOFT = 2;
const SOFT_STEPS = [0.02, 0.01];
const STEPS = [0.01, 0.005, 0.0025];
const ROUNDS_A_STEP = 3;
const TRIED_CLOSER = 2;

/** Where a place of the picture lies in the other one: `x = a·u + b·v + c + d·u·v`, and `y` likewise; from its middle, -0.5 to 0.5. */
type Laid = Float64Array;

/**
 * How alike two pictures are once one is laid over the other as well as it goes, shifted, larger or smaller, turned a little, tilted: 1 the
 * same, 0 nothing in common. Of their grey levels as squares of `VIEW_SIDE`. What counts is shape: light and contrast are taken out first.
 */
export function alikeness(one: GreyImage, other: GreyImage): number {
  const [shapes, others] = [shapesOf(one), shapesOf(other)];
  const [soft, otherSoft] = [softened(shapes), softened(others)];
  const coarse = placesIn(soft, COARSE);
  const tried = SCALES.flatMap((scale) =>
    SHIFTS.flatMap((across) =>
      SHIFTS.map((down) => {
        const laid = placed(scale, across, down);
        return { laid, agreed: agreement(coarse, otherSoft, laid, COARSE) };
      }),
    ),
  );
  const best = tried.toSorted((a, b) => b.agreed - a.agreed).slice(0, TRIED_CLOSER);
  const [fineSoft, fine] = [placesIn(soft, FINE), placesIn(shapes, FINE)];
  const closer = best.map(({ laid }) => nudged(fineSoft, otherSoft, laid, SOFT_STEPS));
  return Math.max(...closer.map(({ laid }) => nudged(fine, others, laid, STEPS).agreed));
}

/** The best agreement that is found by moving each number of the place a little, again and again. */
function nudged(
  fine: Float32Array,
  others: Float32Array,
  from: Laid,
  steps: readonly number[],
): { readonly laid: Laid; readonly agreed: number } {
  const laid = from.slice();
  let agreed = agreement(fine, others, laid, FINE);
  const moves = (at: number, by: number): boolean => {
    laid[at] = (laid[at] ?? 0) + by;
    const now = agreement(fine, others, laid, FINE);
    if (now > agreed) {
      agreed = now;
      return true;
    }
    laid[at] = (laid[at] ?? 0) - by;
    return false;
  };
  for (const step of steps) {
    for (let round = 0; round < ROUNDS_A_STEP; round++) {
      const moved = [...laid.keys()].filter((at) => moves(at, step) || moves(at, -step));
      if (moved.length === 0) break;
    }
  }
  return { laid, agreed };
}

/** The means about each pixel: what is fine would hide where the whole lies. */
function softened(shapes: Float32Array): Float32Array {
  const pass = (from: Float32Array, stride: number): Float32Array =>
    from.map((_, at) => {
      let sum = 0;
      for (let step = -SOFT; step <= SOFT; step++) sum += from[at + step * stride] ?? 0;
      return sum;
    });
  return pass(pass(shapes, 1), VIEW_SIDE);
}

/** The shapes at `side` × `side` places, row by row. */
function placesIn(shapes: Float32Array, side: number): Float32Array {
  const place = (at: number): number => ((at + 0.5) / side) * VIEW_SIDE - 0.5;
  return Float32Array.from({ length: side * side }, (_, at) =>
    between(shapes, place(at % side), place(Math.floor(at / side))),
  );
}

function placed(scale: number, across: number, down: number): Laid {
  return Float64Array.of(scale, 0, across, 0, 0, scale, down, 0);
}

/** The correlation of what both show, at `side` × `side` places. */
function agreement(places: Float32Array, others: Float32Array, laid: Laid, side: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = laid;
  let products = 0;
  let squares = 0;
  let otherSquares = 0;
  let seen = 0;
  for (let row = 0, at = 0; row < side; row++) {
    const v = (row + 0.5) / side - 0.5;
    for (let column = 0; column < side; column++, at++) {
      const u = (column + 0.5) / side - 0.5;
      const x = (a * u + b * v + c + d * u * v + 0.5) * VIEW_SIDE - 0.5;
      const y = (e * u + f * v + g + h * u * v + 0.5) * VIEW_SIDE - 0.5;
      if (x < 0 || y < 0 || x >= VIEW_SIDE - 1 || y >= VIEW_SIDE - 1) continue;
      const own = places[at] ?? 0;
      const other = between(others, x, y);
      products += own * other;
      squares += own * own;
      otherSquares += other * other;
      seen++;
    }
  }
  if (seen < side * side * LEAST_SEEN) return -1;
  return products / Math.sqrt(squares * otherSquares + 1e-9);
}

function between(shapes: Float32Array, x: number, y: number): number {
  const [column, row] = [x | 0, y | 0];
  const first = row * VIEW_SIDE + column;
  const [right, down] = [x - column, y - row];
  const upper = (shapes[first] ?? 0) * (1 - right) + (shapes[first + 1] ?? 0) * right;
  const lower = (shapes[first + VIEW_SIDE] ?? 0) * (1 - right) + (shapes[first + VIEW_SIDE + 1] ?? 0) * right;
  return upper + (lower - upper) * down;
}

/** How much brighter each pixel is than what is around it, in standard deviations. */
function shapesOf({ data }: GreyImage): Float32Array {
  const wide = VIEW_SIDE + 1;
  const sums = new Float64Array(wide * wide);
  const squares = new Float64Array(wide * wide);
  for (let y = 0; y < VIEW_SIDE; y++) {
    for (let x = 0; x < VIEW_SIDE; x++) {
      const level = data[y * VIEW_SIDE + x] ?? 0;
      const here = (y + 1) * wide + x + 1;
      sums[here] = level + (sums[here - 1] ?? 0) + (sums[here - wide] ?? 0) - (sums[here - wide - 1] ?? 0);
      squares[here] =
        level ** 2 + (squares[here - 1] ?? 0) + (squares[here - wide] ?? 0) - (squares[here - wide - 1] ?? 0);
    }
  }
  const shapes = new Float32Array(VIEW_SIDE * VIEW_SIDE);
  for (let y = 0; y < VIEW_SIDE; y++) {
    for (let x = 0; x < VIEW_SIDE; x++) {
      const [left, right] = [Math.max(0, x - AROUND), Math.min(VIEW_SIDE, x + AROUND + 1)];
      const [top, bottom] = [Math.max(0, y - AROUND), Math.min(VIEW_SIDE, y + AROUND + 1)];
      const over = (table: Float64Array): number =>
        ((table[bottom * wide + right] ?? 0) -
          (table[top * wide + right] ?? 0) -
          (table[bottom * wide + left] ?? 0) +
          (table[top * wide + left] ?? 0)) /
        ((right - left) * (bottom - top));
      const mean = over(sums);
      const deviation = Math.sqrt(Math.max(0, over(squares) - mean ** 2));
      shapes[y * VIEW_SIDE + x] = ((data[y * VIEW_SIDE + x] ?? 0) - mean) / (deviation + NOISE);
    }
  }
  return shapes;
}
