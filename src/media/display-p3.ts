/** CIE XYZ of its red and green, adapted to D50 as colour profiles say them. */
const RED = [0.5151, 0.2412, -0.001] as const;
const GREEN = [0.292, 0.6922, 0.0419] as const;
const NEAR = 0.004;
/** As ISO/IEC 23091-2 numbers them: SMPTE EG 432-1 with D65. */
const PRIMARIES = 12;

const HEAD_BYTES = 128;
const TAG_BYTES = 12;
const MOST_TAGS = 100;

export function areDisplayP3(primaries: number): boolean {
  return primaries === PRIMARIES;
}

/** Whether a colour profile (ICC) is that of a phone's screen, by where its red and green lie. Safe on any bytes. */
export function isDisplayP3(profile: Buffer): boolean {
  return isNear(colourIn(profile, 'rXYZ'), RED) && isNear(colourIn(profile, 'gXYZ'), GREEN);
}

function colourIn(profile: Buffer, name: string): readonly number[] {
  if (profile.length < HEAD_BYTES + 4) return [];
  const tags = Math.min(profile.readUInt32BE(HEAD_BYTES), MOST_TAGS);
  for (let tag = 0; tag < tags; tag++) {
    const at = HEAD_BYTES + 4 + tag * TAG_BYTES;
    if (at + TAG_BYTES > profile.length) return [];
    if (profile.toString('latin1', at, at + 4) !== name) continue;
    const from = profile.readUInt32BE(at + 4) + 8;
    if (from + 12 > profile.length) return [];
    return [0, 4, 8].map((offset) => profile.readInt32BE(from + offset) / 65_536);
  }
  return [];
}

function isNear(found: readonly number[], wanted: readonly number[]): boolean {
  return wanted.every((value, index) => Math.abs((found[index] ?? Infinity) - value) < NEAR);
}

const STEPS = 4095;

/** Linear light of each level, in steps. Both colour spaces bend it alike. */
const LINEAR = Float32Array.from({ length: 256 }, (_, level) => {
  const share = level / 255;
  return STEPS * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
});
const LEVELS = Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
  const share = step / STEPS;
  return Math.round(255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055));
});

/** Says in sRGB, in place, what three levels a pixel say in Display P3; what sRGB has no colour for gets the nearest level it has. */
export function p3ToSrgb(levels: Uint8Array): void {
  for (let at = 0; at + 2 < levels.length; at += 3) {
    const [r, g, b] = [levels[at] ?? 0, levels[at + 1] ?? 0, levels[at + 2] ?? 0];
    if (r === g && g === b) continue;
    const red = LINEAR[r] ?? 0;
    const green = LINEAR[g] ?? 0;
    const blue = LINEAR[b] ?? 0;
    levels[at] = levelOf(1.22494 * red - 0.22494 * green);
    levels[at + 1] = levelOf(-0.04206 * red + 1.04206 * green);
    levels[at + 2] = levelOf(-0.01964 * red - 0.07864 * green + 1.09828 * blue);
  }
}

function levelOf(light: number): number {
  return LEVELS[light <= 0 ? 0 : light >= STEPS ? STEPS : Math.round(light)] ?? 0;
}
