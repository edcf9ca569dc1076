/** Modules along a side of a QR code of this version (1 to 40). */
export function modulesAcross(version: number): number {
  return 17 + 4 * version;
}

/**
 * What every QR code of this version has at the same places, row by row: 1 where a module is dark, -1 where it is light, 0 where it
 * says something. The finder patterns with their separators, the timing patterns, the alignment patterns (ISO/IEC 18004, 6.3).
 */
export function knownModules(version: number): Int8Array {
  const side = modulesAcross(version);
  const modules = new Int8Array(side * side);
  const put = (column: number, row: number, isDark: boolean): void => {
    if (column >= 0 && row >= 0 && column < side && row < side) modules[row * side + column] = isDark ? 1 : -1;
  };
  const rings = (x: number, y: number, reach: number, isDark: (ring: number) => boolean): void => {
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        put(x + column, y + row, isDark(Math.max(Math.abs(column), Math.abs(row))));
      }
    }
  };
  for (const [x, y] of [[3, 3] as const, [side - 4, 3] as const, [3, side - 4] as const]) {
    rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  }
  for (let at = 8; at < side - 8; at++) {
    put(at, 6, at % 2 === 0);
    put(6, at, at % 2 === 0);
  }
  const centres = alignmentCentres(version);
  const last = centres.length - 1;
  for (const [row, y] of centres.entries()) {
    for (const [column, x] of centres.entries()) {
      const isAtFinder = (row === 0 && (column === 0 || column === last)) || (row === last && column === 0);
      if (!isAtFinder) rings(x, y, 2, (ring) => ring !== 1);
    }
  }
  return modules;
}

/** Where alignment patterns have their middle, along either side (ISO/IEC 18004, annex E). */
function alignmentCentres(version: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = modulesAcross(version) - 7;
  const step = version === 32 ? 26 : Math.ceil((last - 6) / (2 * count - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - (count - 2 - index) * step)];
}
