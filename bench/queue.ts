import { seeded } from '../test/support/picture-canvas.ts';
import { quantile } from './quantile.ts';

/** Something that is done one after the other, by so many at once. */
export interface Served {
  readonly servers: number;
  /** How long each takes one. */
  readonly eachMs: number;
}

export interface Waited {
  /** How many waited at most, those that were being served included. */
  readonly longest: number;
  /** From coming to being done. */
  readonly p99Ms: number;
  /** The share of the time of its servers that was used in the fullest hour. */
  readonly fullest: number;
}

const HOUR_MS = 3_600_000;

/** A day of arrivals at these rates, an hour each, at times of chance within it; first come, first served. */
export function queueOf(perHour: readonly number[], { servers, eachMs }: Served, seed = 1): Waited {
  const random = seeded(seed);
  const free = Array.from({ length: servers }, () => 0);
  const took: number[] = [];
  const ends: number[] = [];
  let longest = 0;
  let done = 0;
  for (const [hour, count] of perHour.entries()) {
    const times = Array.from({ length: Math.round(count) }, () => (hour + random()) * HOUR_MS).sort((a, b) => a - b);
    for (const at of times) {
      const first = free.indexOf(Math.min(...free));
      const end = Math.max(at, free[first] ?? 0) + eachMs;
      free[first] = end;
      ends.push(end);
      took.push(end - at);
      while ((ends[done] ?? Number.POSITIVE_INFINITY) <= at) done += 1;
      longest = Math.max(longest, ends.length - done);
    }
  }
  const fullest = (Math.max(...perHour) * eachMs) / (servers * HOUR_MS);
  return { longest, p99Ms: quantile(took, 0.99), fullest };
}
