import sharp from 'sharp';
import { keptPicture } from './kept-picture.ts';
import { type Patch, type Point, seeded } from './picture-canvas.ts';
import { qrPattern } from './qr-pattern.ts';

/** What a code may stand on. */
export const BENT_THINGS = ['bottle', 'crease', 'cloth'] as const;
export type BentThing = (typeof BENT_THINGS)[number];

/** From a place on the thing, -1 to 1 each way as it is seen, to the place on the flat sticker. */
type Bend = (at: Point) => Point;

const SIDE = 640;
const SAMPLES = 2;

/**
 * A code of this text as a hand takes it on something that is not flat: turned, leaning, in soft light, with grain. `much` says how
 * far it is bent, 1 at the most; all else follows from the seed. A JPEG.
 */
export function bentCode(text: string, thing: BentThing, seed: number, much: number): Promise<Buffer> {
  return keptPicture(`bent ${text} ${thing} ${seed} ${much}`, () => shot(text, thing, seed, much));
}

async function shot(text: string, thing: BentThing, seed: number, much: number): Promise<Buffer> {
  const random = seeded(seed);
  const within = (from: number, to: number): number => from + (to - from) * random();
  const pattern = await qrPattern(text);
  const bend = BENDS[thing](much, within);
  const turn = within(-0.5, 0.5);
  const lean = { x: within(-0.25, 0.25), y: within(-0.25, 0.25) };
  const size = SIDE * within(0.25, 0.36);
  const light = { x: within(-60, 60), y: within(-60, 60), middle: within(0.35, 0.6) };
  const data = Buffer.alloc(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      let sum = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES - SIDE / 2) / size;
        const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - SIDE / 2) / size;
        const depth = 1 + lean.x * x + lean.y * y;
        const [u, v] = [x / depth, y / depth];
        sum += paper(
          pattern,
          bend({ x: u * Math.cos(turn) + v * Math.sin(turn), y: v * Math.cos(turn) - u * Math.sin(turn) }),
        );
      }
      const shade = light.middle + (light.x * (column / SIDE - 0.5) + light.y * (row / SIDE - 0.5)) / 255;
      const grain = (random() + random() - 1) * 14;
      data[row * SIDE + column] = Math.min(255, Math.max(0, (sum / SAMPLES ** 2) * (shade + 0.4) + 12 + grain));
    }
  }
  const raw = { width: SIDE, height: SIDE, channels: 1 } as const;
  return await sharp(data, { raw }).blur(within(0.6, 1.6)).jpeg({ quality: 70 }).toBuffer();
}

const BENDS: Readonly<Record<BentThing, (much: number, within: (from: number, to: number) => number) => Bend>> = {
  /** Around a cylinder, seen a little from above: the sides run away, the rows bow. */
  bottle: (much, within) => {
    const half = much * within(0.5, 0.95);
    const axis = within(-0.35, 0.35) + (within(0, 1) < 0.5 ? 0 : Math.PI / 2);
    const bow = much * within(-0.22, 0.22);
    const off = within(-0.15, 0.15);
    return turned(axis, ({ x, y }) => {
      const across = Math.asin(Math.min(1, Math.max(-1, (x + off) * Math.sin(half)))) / half;
      return { x: across - off, y: y + bow * (Math.cos(across * half) - Math.cos(half)) * 2 };
    });
  },
  /** Folded along a line: beyond it everything is shorter, and shifted along the fold. */
  crease: (much, within) => {
    const axis = within(0, Math.PI);
    const fold = within(-0.4, 0.4);
    const shorter = 1 + much * within(0.06, 0.22);
    const shear = much * within(-0.14, 0.14);
    return turned(axis, ({ x, y }) =>
      x < fold ? { x, y } : { x: fold + (x - fold) * shorter, y: y + (x - fold) * shear },
    );
  },
  /** Waves, as on a shirt. */
  cloth: (much, within) => {
    const waves = Array.from({ length: 3 }, () => ({
      axis: within(0, Math.PI),
      often: within(1.5, 4),
      phase: within(0, 2 * Math.PI),
      high: (much * within(0.03, 0.09)) / 2,
      along: within(0, Math.PI),
    }));
    return (at) => {
      const moved = { ...at };
      for (const { axis, often, phase, high, along } of waves) {
        const far = high * Math.sin(phase + often * (at.x * Math.cos(axis) + at.y * Math.sin(axis)));
        moved.x += far * Math.cos(along);
        moved.y += far * Math.sin(along);
      }
      return moved;
    };
  },
};

function turned(axis: number, bend: Bend): Bend {
  const [cos, sin] = [Math.cos(axis), Math.sin(axis)];
  return ({ x, y }) => {
    const bent = bend({ x: x * cos + y * sin, y: y * cos - x * sin });
    return { x: bent.x * cos - bent.y * sin, y: bent.x * sin + bent.y * cos };
  };
}

/** The sticker there, 0 to 255; what lies around it is grey. */
function paper({ width, height, data }: Patch, { x, y }: Point): number {
  if (Math.abs(x) >= 1 || Math.abs(y) >= 1) return 120;
  return data[Math.floor(((y + 1) / 2) * height) * width + Math.floor(((x + 1) / 2) * width)] ?? 0;
}
