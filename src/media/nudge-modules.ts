import type { Clearness, Places } from './module-levels.ts';

/** How far a knot goes at once, in modules. */
const STEPS = [0.5, 0.25, 0.12];
const ROUNDS_A_STEP = 4;
const LEAST_GAIN = 1e-5;
/** What a knot loses by being elsewhere than its neighbours, for each square module between them. */
const TEARING = 0.05;

/**
 * The places of `side` × `side` modules once each knot of a net over them was moved to where the modules about it are clearest: what is
 * creased is bent differently from part to part. Knots that part from their neighbours lose by it.
 */
export function nudged(side: number, from: Places, clearness: Clearness): Places {
  const knots = Math.min(7, Math.max(4, Math.round(side / 6)));
  const across = new Float64Array(knots * knots);
  const down = new Float64Array(knots * knots);
  const places = { u: from.u.slice(), v: from.v.slice() };

  const lay = (at: number): void => {
    const x = (((at % side) + 0.5) / side) * (knots - 1);
    const y = ((Math.floor(at / side) + 0.5) / side) * (knots - 1);
    const [column, row] = [Math.min(knots - 2, Math.floor(x)), Math.min(knots - 2, Math.floor(y))];
    const [right, below] = [x - column, y - row];
    const knot = row * knots + column;
    const mixed = (far: Float64Array): number =>
      ((far[knot] ?? 0) * (1 - right) + (far[knot + 1] ?? 0) * right) * (1 - below) +
      ((far[knot + knots] ?? 0) * (1 - right) + (far[knot + knots + 1] ?? 0) * right) * below;
    places.u[at] = (from.u[at] ?? 0) + mixed(across);
    places.v[at] = (from.v[at] ?? 0) + mixed(down);
  };
  const first = (knot: number): number => Math.max(0, Math.floor(((knot - 1) / (knots - 1)) * side));
  const end = (knot: number): number => Math.min(side, Math.ceil(((knot + 1) / (knots - 1)) * side));
  const clear = (column: number, row: number): number => {
    let sum = 0;
    let count = 0;
    for (let y = first(row); y < end(row); y++) {
      for (let x = first(column); x < end(column); x++) {
        const at = y * side + x;
        lay(at);
        sum += clearness(at, places.u[at] ?? 0, places.v[at] ?? 0);
        count++;
      }
    }
    return sum / count - TEARING * torn(column, row);
  };
  const torn = (column: number, row: number): number => {
    const knot = row * knots + column;
    const beside = [
      ...(column > 0 ? [knot - 1] : []),
      ...(column < knots - 1 ? [knot + 1] : []),
      ...(row > 0 ? [knot - knots] : []),
      ...(row < knots - 1 ? [knot + knots] : []),
    ];
    const apart = (far: Float64Array, other: number): number => ((far[knot] ?? 0) - (far[other] ?? 0)) * side;
    const squares = beside.map((other) => apart(across, other) ** 2 + apart(down, other) ** 2);
    return squares.reduce((sum, square) => sum + square, 0) / beside.length;
  };
  const moves = (column: number, row: number, step: number): boolean => {
    const knot = row * knots + column;
    let best = clear(column, row);
    let hasMoved = false;
    for (const far of [across, down]) {
      for (const way of [step, -step]) {
        const before = far[knot] ?? 0;
        far[knot] = before + way;
        const now = clear(column, row);
        if (now > best + LEAST_GAIN) {
          best = now;
          hasMoved = true;
          break;
        }
        far[knot] = before;
      }
    }
    return hasMoved;
  };

  for (const step of STEPS) {
    for (let round = 0; round < ROUNDS_A_STEP; round++) {
      const moved = [...across.keys()].filter((knot) => moves(knot % knots, Math.floor(knot / knots), step / side));
      if (moved.length === 0) break;
    }
  }
  for (let at = 0; at < places.u.length; at++) lay(at);
  return places;
}
