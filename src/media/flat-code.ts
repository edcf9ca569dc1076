import type { Position } from 'zxing-wasm/reader';
import { bent } from './bend-modules.ts';
import type { GreyImage } from './grey-image.ts';
import { type Clearness, type Levels, levelsAt, type Places } from './module-levels.ts';
import { nudged } from './nudge-modules.ts';
import { knownModules, modulesAcross } from './qr-layout.ts';

/** What the known modules count beside all others: they say where a module is, another only that it is one. */
const KNOWN_COUNTS = 1.5;
/** Pixels a module in the picture that is read. */
const MODULE_SIDE = 4;
const QUIET = 4;

/**
 * Drawings of a located code that stands on something curved or creased, flat, its modules alone: first as it is bent as a whole, then,
 * for whoever asks for another, with each part of it moved to where its modules are clearest. Finder, timing and alignment patterns say
 * where modules must be. None for what lies outside of the picture. Some 30 ms each; the reader's own check says whether one is right.
 */
export function* flatDrawings(grey: GreyImage, position: Position, version: number): Generator<GreyImage> {
  const side = modulesAcross(version);
  const levels = levelsAt(grey, position, side);
  if (levels === undefined) return;
  const known = knownModules(version);
  const share = known.reduce((count, module) => count + Math.abs(module), 0) / known.length;
  const clearness: Clearness = (at, u, v) => {
    const level = levels(u, v);
    const expected = known[at] ?? 0;
    return expected === 0 ? Math.abs(level) / (1 - share) : (KNOWN_COUNTS * level * expected) / share;
  };
  const asWhole = bent(side, clearness);
  yield drawn(levels, asWhole, side);
  yield drawn(levels, nudged(side, asWhole, clearness), side);
}

function drawn(levels: Levels, { u, v }: Places, side: number): GreyImage {
  const width = (side + 2 * QUIET) * MODULE_SIDE;
  const data = Buffer.alloc(width * width, 255);
  for (let at = 0; at < side * side; at++) {
    if (levels(u[at] ?? 0, v[at] ?? 0) <= 0) continue;
    const left = ((at % side) + QUIET) * MODULE_SIDE;
    const top = (Math.floor(at / side) + QUIET) * MODULE_SIDE;
    for (let y = top; y < top + MODULE_SIDE; y++) data.fill(0, y * width + left, y * width + left + MODULE_SIDE);
  }
  return { width, height: width, data };
}
