import type { ProgrammeFacts } from '../programme.ts';

/** Something that does not hold together: where in `programme.yaml`, and what to do about it. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly say: string;
}

/** One question that is asked of a programme whose file is right in form. */
export type Check = (programme: ProgrammeFacts) => readonly Finding[];

/** Which of these were there before, with their places. */
export function repeated(names: readonly string[]): readonly { readonly name: string; readonly index: number }[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [{ name, index }] : []));
}

/** Those that are not among the known ones, with their places. */
export function unknownIn(
  names: readonly string[],
  known: readonly string[],
): readonly { readonly name: string; readonly index: number }[] {
  return names.flatMap((name, index) => (known.includes(name) ? [] : [{ name, index }]));
}

export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
}
