import { closedLoop, type Level } from './closed-loop.ts';
import type { Extent } from './extent.ts';

/** The most taps a second of which nearly all are answered in that time, with more and more people tapping at once; NaN of none. */
export async function saturationOf(
  { parallel, seconds, withinMs }: Extent['saturation'],
  people: number,
  tap: (index: number) => Promise<number>,
): Promise<{ readonly perSecond: number; readonly levels: string }> {
  const levels: Level[] = [];
  for (const many of parallel.filter((count) => count <= people))
    levels.push(await closedLoop({ parallel: many, seconds, people, tap }));
  const answered = levels.filter(({ p99 }) => p99 < withinMs).map(({ perSecond }) => perSecond);
  const told = levels.map(
    (level) => `${level.parallel}: ${level.perSecond.toFixed(0)}/s, p99 ${level.p99.toFixed(0)} ms`,
  );
  return { perSecond: answered.length === 0 ? Number.NaN : Math.max(...answered), levels: told.join('; ') };
}
