import type { Finding } from './checks/check.ts';
import { EXAMPLES, type ProgrammeFile } from './files.ts';
import type { Mistake } from './mistake.ts';
import type { ProgrammeFacts } from './programme.ts';

/** Phones load them over slow networks. */
export const LARGEST_PICTURE = 300_000;

/** Pictures that are named but not there. */
export function missingPictures(
  { products, reasons }: ProgrammeFacts,
  files: readonly ProgrammeFile[],
): readonly Finding[] {
  const there = new Set(files.map(({ name }) => name));
  const named = [
    ...products.flatMap(({ steps }, product) =>
      steps.flatMap(({ slots }, step) =>
        slots.map(({ example }, slot) => ({
          path: ['products', product, 'steps', step, 'slots', slot, 'example'],
          picture: example,
        })),
      ),
    ),
    ...Object.entries(reasons).flatMap(([code, { examples }]) => [
      { path: ['reasons', code, 'examples', 'good'], picture: examples.good },
      { path: ['reasons', code, 'examples', 'bad'], picture: examples.bad },
    ]),
  ];
  return named.flatMap(({ path, picture }) =>
    picture === undefined || there.has(`${EXAMPLES}${picture}`)
      ? []
      : [{ path, say: `is not there: put ${picture} into the folder ${EXAMPLES}` }],
  );
}

/** Pictures that phones would not show. */
export function wrongPictures(files: readonly ProgrammeFile[]): readonly Mistake[] {
  return files.flatMap(({ name, bytes }) => {
    if (!name.startsWith(EXAMPLES)) return [];
    const wrong = (say: string): Mistake[] => [{ file: name, line: 1, column: 1, say }];
    if (bytes.length > LARGEST_PICTURE) return wrong(`is larger than ${LARGEST_PICTURE / 1_000} kB: make it smaller.`);
    return bytes[0] === 0xff && bytes[1] === 0xd8 ? [] : wrong('is no JPEG: save it as one.');
  });
}

/** The pictures of a programme by the names that its photos say. */
export function examplesIn(files: readonly ProgrammeFile[]): ReadonlyMap<string, Uint8Array> {
  const pictures = files.filter(({ name }) => name.startsWith(EXAMPLES));
  return new Map(pictures.map(({ name, bytes }) => [name.slice(EXAMPLES.length).replace(/\.jpg$/, ''), bytes]));
}
