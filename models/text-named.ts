import { isTextKey, type TextKey } from '../cards/text-key.ts';

interface Line {
  readonly key: TextKey;
  readonly args?: Readonly<Record<string, string | number>> | undefined;
}

/** Reads a line that a row names. One of a version that had other texts becomes `otherwise`, which takes no values. */
export function lineNamedOr(otherwise: TextKey): (stored: Line) => Line {
  const keyNamed = textNamedOr(otherwise);
  return (stored) => {
    const key = keyNamed(stored.key);
    return key === stored.key ? stored : { key };
  };
}

/** Reads the text key that a row names; `otherwise` where there is no such text. */
export function textNamedOr(otherwise: TextKey): (stored: string) => TextKey {
  return (stored) => (isTextKey(stored) ? stored : otherwise);
}
