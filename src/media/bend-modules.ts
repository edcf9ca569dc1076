import type { Clearness, Places } from './module-levels.ts';

const { PI, sin } = Math;
/** Ways in which a thing is bent as a whole, by the place in the code: a corner that was seen wrongly, bows, stretches, a bulge. */
const WAYS: readonly ((u: number, v: number) => number)[] = [
  (u, v) => u * v,
  (u) => sin(PI * u),
  (_, v) => sin(PI * v),
  (u) => sin(2 * PI * u),
  (_, v) => sin(2 * PI * v),
  (u, v) => sin(PI * u) * sin(PI * v),
  (u, v) => u * (1 - v),
  (u, v) => (1 - u) * v,
];

/** How far a way goes at once, in parts of the code's side. */
const STEPS = [0.04, 0.02, 0.01, 0.005, 0.0025];
const ROUNDS_A_STEP = 3;
const LEAST_GAIN = 1e-5;

/** The places of `side` × `side` modules under the bend of the whole that shows them most clearly, each way moved along rows and columns. */
export function bent(side: number, clearness: Clearness): Places {
  const flatU = Float32Array.from({ length: side * side }, (_, at) => ((at % side) + 0.5) / side);
  const flatV = Float32Array.from(flatU, (_, at) => (Math.floor(at / side) + 0.5) / side);
  const shapes = WAYS.map((way) => flatU.map((u, at) => way(u, flatV[at] ?? 0)));
  const far = new Float64Array(2 * WAYS.length);
  const places = { u: flatU.slice(), v: flatV.slice() };

  const lay = (): void => {
    for (let at = 0; at < flatU.length; at++) {
      let [u, v] = [flatU[at] ?? 0, flatV[at] ?? 0];
      for (let way = 0; way < shapes.length; way++) {
        const shape = shapes[way]?.[at] ?? 0;
        u += (far[way] ?? 0) * shape;
        v += (far[shapes.length + way] ?? 0) * shape;
      }
      places.u[at] = u;
      places.v[at] = v;
    }
  };
  const clear = (): number => {
    lay();
    let sum = 0;
    for (let at = 0; at < flatU.length; at++) sum += clearness(at, places.u[at] ?? 0, places.v[at] ?? 0);
    return sum / flatU.length;
  };

  let best = clear();
  const walks = (way: number, step: number): boolean => {
    for (let walked = false; ; walked = true) {
      const before = far[way] ?? 0;
      far[way] = before + step;
      const now = clear();
      if (now <= best + LEAST_GAIN) {
        far[way] = before;
        return walked;
      }
      best = now;
    }
  };
  for (const step of STEPS) {
    for (let round = 0; round < ROUNDS_A_STEP; round++) {
      const moved = [...far.keys()].filter((way) => walks(way, step) || walks(way, -step));
      if (moved.length === 0) break;
    }
  }
  lay();
  return places;
}
