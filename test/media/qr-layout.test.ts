import { expect, test } from 'vitest';
import { knownModules, modulesAcross } from '../../src/media/qr-layout.ts';
import { qrPattern } from '../support/qr-pattern.ts';

const QUIET = 4;
/** Bytes that fill one version after another. */
const LONGER_BY = 40;

test('what every code of a version has in common is in each that is written', async () => {
  const seen = new Set<number>();
  for (let length = 1; length < 2_300; length += LONGER_BY) {
    const { width, data } = await qrPattern('a'.repeat(length));
    const side = width - 2 * QUIET;
    const version = (side - 17) / 4;
    if (seen.has(version)) continue;
    seen.add(version);
    expect(modulesAcross(version)).toBe(side);
    const wrong = [...knownModules(version)].filter((module, at) => {
      const isDark = data[(Math.floor(at / side) + QUIET) * width + (at % side) + QUIET] === 0;
      return module !== 0 && isDark !== module > 0;
    });
    expect([version, wrong.length]).toEqual([version, 0]);
  }
  expect(seen.size).toBeGreaterThan(30);
});
