import sharp from 'sharp';

/** A picture being made: RGB, three bytes a pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/** A one-channel picture to be laid onto a canvas, as a code symbol is. */
export interface Patch {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners in the order top left, top right, bottom right, bottom left of what is laid on. */
export type Quad = readonly [Point, Point, Point, Point];

/** Numbers in [0, 1) that follow from the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A canvas with these SVG shapes on it. */
export async function drawn(width: number, height: number, shapes: string): Promise<Canvas> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  const data = await sharp(Buffer.from(svg)).flatten({ background: '#888' }).removeAlpha().raw().toBuffer();
  return { width, height, data };
}

/** Grain as a phone's sensor adds it: each pixel moves by up to `strength` levels. */
export function addGrain(canvas: Canvas, strength: number, random: () => number): void {
  const table = Array.from({ length: 4099 }, () => Math.round((random() + random() - 1) * strength));
  // this array keeps what is written into it within 0 and 255 by itself
  const data = new Uint8ClampedArray(canvas.data.buffer, canvas.data.byteOffset, canvas.data.length);
  for (let at = 0, pick = 0; at < data.length; at += 3, pick = (pick + 1 + (at & 7)) % 4099) {
    const grain = table[pick] ?? 0;
    data[at] = (data[at] ?? 0) + grain;
    data[at + 1] = (data[at + 1] ?? 0) + grain;
    data[at + 2] = (data[at + 2] ?? 0) + grain;
  }
}

/** Lays a patch onto the canvas so that its corners come to lie on `quad`: turned, tilted, in perspective. */
export function layOnto(canvas: Canvas, patch: Patch, quad: Quad): void {
  const inverse = toUnitSquare(quad);
  const xs = quad.map((corner) => corner.x);
  const ys = quad.map((corner) => corner.y);
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(canvas.width - 1, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(canvas.height - 1, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const { x: u, y: v } = inverse(x + 0.5, y + 0.5);
      if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
      const level = patch.data[Math.floor(v * patch.height) * patch.width + Math.floor(u * patch.width)] ?? 0;
      canvas.data.fill(level, (y * canvas.width + x) * 3, (y * canvas.width + x) * 3 + 3);
    }
  }
}

/** From canvas coordinates back to the unit square that `quad` is the image of (the inverse homography). */
function toUnitSquare([a, b, c, d]: Quad): (x: number, y: number) => Point {
  const sum = { x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y };
  const right = { x: b.x - c.x, y: b.y - c.y };
  const down = { x: d.x - c.x, y: d.y - c.y };
  const area = right.x * down.y - down.x * right.y;
  const g = (sum.x * down.y - down.x * sum.y) / area;
  const h = (right.x * sum.y - sum.x * right.y) / area;
  const m = [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y] as const;
  return (x, y) => {
    const u = (m[4] - m[5] * h) * x + (m[2] * h - m[1]) * y + (m[1] * m[5] - m[2] * m[4]);
    const v = (m[5] * g - m[3]) * x + (m[0] - m[2] * g) * y + (m[2] * m[3] - m[0] * m[5]);
    const w = (m[3] * h - m[4] * g) * x + (m[1] * g - m[0] * h) * y + (m[0] * m[4] - m[1] * m[3]);
    return { x: u / w, y: v / w };
  };
}

/** A square of this size, turned in the plane and tilted away from the viewer, as corners on the canvas. */
export function tiltedSquare(centre: Point, side: number, turnDegrees: number, tiltDegrees: number): Quad {
  const turn = (turnDegrees * Math.PI) / 180;
  const tilt = (tiltDegrees * Math.PI) / 180;
  const eye = side * 3;
  const corner = (x: number, y: number): Point => {
    const depth = eye / (eye + y * side * Math.sin(tilt));
    const flat = { x: x * side * depth, y: y * side * Math.cos(tilt) * depth };
    return {
      x: centre.x + flat.x * Math.cos(turn) - flat.y * Math.sin(turn),
      y: centre.y + flat.x * Math.sin(turn) + flat.y * Math.cos(turn),
    };
  };
  return [corner(-0.5, -0.5), corner(0.5, -0.5), corner(0.5, 0.5), corner(-0.5, 0.5)];
}
