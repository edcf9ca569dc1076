import { RECOVERY_GOALS } from './recovery.ts';
import type { SessionResult } from './session.ts';

const MEASURED = {
  firstTap: 'kill -9 of the bot, calm, until a tap works',
  everybody: 'kill -9 of the bot, calm, until all six work',
  underFaults: 'kill -9 of the bot under all faults, until all six had success',
  afterFaults: 'all faults off, until all six had success',
} as const;

/** Faults by kind, violations, and how long it took to recover. */
export function reportOf(results: readonly SessionResult[]): string {
  const violations = results.flatMap(({ plan, violations: of }) =>
    of.map((one) => `${plan.topology}, seed ${plan.seed}: ${one}`),
  );
  return [
    ...results.map(({ plan, hits, counts }) => {
      return `${plan.topology}, seed ${plan.seed}: ${sum(hits)} faults; ${JSON.stringify(counts)}`;
    }),
    '',
    ...byKind(results).map(([kind, times]) => `${String(times).padStart(6)}  ${kind}`),
    `${String(results.reduce((total, { hits }) => total + sum(hits), 0)).padStart(6)}  faults`,
    `${String(violations.length).padStart(6)}  violations`,
    '',
    ...recoveryLines(results),
    ...violations.map((one) => `✗ ${one}`),
    ...results.flatMap(({ kept }) => (kept === undefined ? [] : [`what is known of it: ${kept}`])),
  ].join('\n');
}

function byKind(results: readonly SessionResult[]): [string, number][] {
  const all = new Map<string, number>();
  for (const { hits } of results) for (const [kind, times] of hits) all.set(kind, (all.get(kind) ?? 0) + times);
  return [...all].sort(([one], [other]) => one.localeCompare(other));
}

function recoveryLines(results: readonly SessionResult[]): string[] {
  const lines = (['firstTap', 'everybody', 'underFaults', 'afterFaults'] as const).map((measured) => {
    const [what, goal] = [MEASURED[measured], RECOVERY_GOALS[measured]];
    const sorted = results.flatMap(({ recovery }) => recovery[measured]).sort((one, other) => one - other);
    const [median, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    if (median === undefined || most === undefined) return `${what}: not seen`;
    const verdict = most <= goal ? '✓' : '✗';
    return `${verdict} ${what}: median ${seconds(median)}, at most ${seconds(most)} (goal ${seconds(goal)}, ${sorted.length} times)`;
  });
  return [...lines, ...results.flatMap(({ recovery }) => recovery.tooLong)];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function sum(hits: ReadonlyMap<string, number>): number {
  return [...hits.values()].reduce((total, times) => total + times, 0);
}
