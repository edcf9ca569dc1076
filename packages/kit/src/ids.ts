import { createHash, randomBytes, randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** Where new names come from; passed in, so that a test can choose them. */
export interface IdSource {
  /** A new id (ULID), 26 characters: of two of one process the later sorts behind, also within a millisecond. */
  next(): string;
  /** A short name a person can say on the phone, as in `P-7K3M`: no 0/O, 1/I/L, no vowels. */
  spoken(length: number): string;
  /** A secret of 128 bits, hex. */
  token(): string;
  /** Under which somebody holds something for a while: a lane, a claim. */
  lease(): string;
  /** 0 up to 1, for jitter. */
  random(): number;
}

const SPOKEN = '23456789BCDFGHJKMNPQRSTVWXZ';

/** Ids from the system's own randomness. */
export const systemIds: IdSource = {
  next: monotonicFactory(),
  spoken: (length) => Array.from({ length }, () => SPOKEN[randomInt(SPOKEN.length)]).join(''),
  token: () => randomBytes(16).toString('hex'),
  lease: () => randomBytes(16).toString('hex'),
  random: () => Math.random(),
};

/** An id that follows from what it is for, so that doing it again means the same thing: 64 hex characters (dingtalk 3.2). */
export function derivedId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
