import type { SessionResult } from './session.ts';

/** What must not be exceeded on a machine of its own, milliseconds. */
const GOALS = {
  'kill -9 of the bot, calm, until a tap works': 5_000,
  'kill -9 of the bot, calm, until all six work': 10_000,
  'kill -9 of the bot under all faults, until all six had success': 60_000,
  'all faults off, until all six had success': 15_000,
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
  const times = [
    results.flatMap(({ recovery }) => recovery.firstTap),
    results.flatMap(({ recovery }) => recovery.everybody),
    results.flatMap(({ recovery }) => recovery.underFaults),
    results.flatMap(({ recovery }) => recovery.afterFaults),
  ];
  return Object.entries(GOALS).map(([what, goal], index) => {
    const sorted = [...(times[index] ?? [])].sort((one, other) => one - other);
    const [median, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    if (median === undefined || most === undefined) return `${what}: not seen`;
    const verdict = most <= goal ? '✓' : '✗';
    return `${verdict} ${what}: median ${seconds(median)}, at most ${seconds(most)} (goal ${seconds(goal)}, ${sorted.length} times)`;
  });
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function sum(hits: ReadonlyMap<string, number>): number {
  return [...hits.values()].reduce((total, times) => total + times, 0);
}
