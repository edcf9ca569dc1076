import type { ForgerPlan, ForgerResult } from './session.ts';

/** What was forged, and each violation with the command that plays it again. */
export function reportOf({ seed }: Pick<ForgerPlan, 'seed'>, { taps, actions, violations }: ForgerResult): string {
  return [
    ...violations.map((one) => `✗ ${one}`),
    `${taps} forged taps, ${actions.forged} of ${actions.routed} actions, ${violations.length} violations`,
    ...(violations.length > 0 ? [`again: npm run forger -- --seed ${seed} --taps ${taps}`] : []),
  ].join('\n');
}
