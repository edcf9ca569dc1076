import type { GreyImage } from './grey-image.ts';

/** Bits of one hash, and how many a picture has: of the whole, and of five parts of it. */
export const BITS = 256;
export const HASHES = 6;
/** 32-bit words of all hashes of a picture, the whole one's first. */
export const WORDS = (BITS / 32) * HASHES;

/** The side of the square picture that looks are made of: it is squeezed, whatever its shape was. */
export const LOOKS_SIDE = 128;

const SIDE = 32;
const FREQUENCIES = 16;
/** Left, top and side of each part, in parts of the picture: what is left of one of which an edge was cut. */
const PARTS: readonly (readonly [number, number, number])[] = [
  [0, 0, 1],
  [0.03, 0.03, 0.94],
  [0, 0, 0.95],
  [0.05, 0, 0.95],
  [0, 0.05, 0.95],
  [0.05, 0.05, 0.95],
];

const COSINES = Float64Array.from({ length: FREQUENCIES * SIDE }, (_, at) => {
  const frequency = Math.floor(at / SIDE) + 1;
  return Math.cos((Math.PI * frequency * ((at % SIDE) + 0.5)) / SIDE);
});

/**
 * What a picture looks like, of its grey levels as a square of `LOOKS_SIDE`: a hash of the whole and of five parts, in hex. Each bit says
 * whether one of the 256 lowest frequencies (discrete cosine transform) is stronger than half of them. The same picture saved again,
 * smaller or brighter differs in few bits; one that was cut is like a part of it.
 */
export function looksOf(square: GreyImage): string {
  return PARTS.map((part) => hexOf(hashOf(levelsIn(square, part)))).join('');
}

/** The hashes in `looks` as they are compared; undefined where those are none. */
export function wordsOf(looks: string): Uint32Array | undefined {
  if (looks.length !== WORDS * 8 || /[^0-9a-f]/.test(looks)) return undefined;
  return Uint32Array.from({ length: WORDS }, (_, at) => Number.parseInt(looks.slice(at * 8, at * 8 + 8), 16));
}

/** Means over a part of the picture, 32 × 32, the even slope from side to side taken out: light falls in from somewhere. */
function levelsIn({ data }: GreyImage, [left, top, side]: readonly [number, number, number]): Float64Array {
  const levels = new Float64Array(SIDE * SIDE);
  const edge = (from: number, step: number): number => Math.round((from + (side * step) / SIDE) * LOOKS_SIDE);
  for (let at = 0; at < levels.length; at++) {
    const [column, row] = [at % SIDE, Math.floor(at / SIDE)];
    let sum = 0;
    let count = 0;
    for (let y = edge(top, row); y < edge(top, row + 1); y++) {
      for (let x = edge(left, column); x < edge(left, column + 1); x++) {
        sum += data[y * LOOKS_SIDE + x] ?? 0;
        count++;
      }
    }
    levels[at] = sum / count;
  }
  const middle = (SIDE - 1) / 2;
  let across = 0;
  let down = 0;
  for (const [at, level] of levels.entries()) {
    across += level * ((at % SIDE) - middle);
    down += level * (Math.floor(at / SIDE) - middle);
  }
  const squares = (SIDE * SIDE * (SIDE * SIDE - 1)) / 12;
  return levels.map(
    (level, at) =>
      level - (across / squares) * ((at % SIDE) - middle) - (down / squares) * (Math.floor(at / SIDE) - middle),
  );
}

function hashOf(levels: Float64Array): boolean[] {
  const rows = new Float64Array(SIDE * FREQUENCIES);
  for (let row = 0; row < SIDE; row++) {
    for (let across = 0; across < FREQUENCIES; across++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += (levels[row * SIDE + x] ?? 0) * (COSINES[across * SIDE + x] ?? 0);
      rows[row * FREQUENCIES + across] = sum;
    }
  }
  const strengths = new Float64Array(BITS);
  for (let down = 0; down < FREQUENCIES; down++) {
    for (let across = 0; across < FREQUENCIES; across++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += (rows[y * FREQUENCIES + across] ?? 0) * (COSINES[down * SIDE + y] ?? 0);
      strengths[down * FREQUENCIES + across] = sum;
    }
  }
  const half = strengths.toSorted()[BITS / 2] ?? 0;
  return Array.from(strengths, (strength) => strength >= half);
}

function hexOf(bits: readonly boolean[]): string {
  let hex = '';
  for (let at = 0; at < bits.length; at += 4) {
    hex += bits
      .slice(at, at + 4)
      .reduce((digit, bit) => digit * 2 + (bit ? 1 : 0), 0)
      .toString(16);
  }
  return hex;
}
