import type { JobModel } from '../../cards/promotion/job.ts';
import { type SpotLabel, spotLabels } from '../../src/domain/spot-label.ts';
import { flowOf } from '../../src/flow/definition.ts';
import type { Draft, SpotKey } from '../../src/flow/draft.ts';
import { progress, spotOf } from '../../src/flow/engine.ts';

/** The name on the sign, as far as it is known. */
export function shopName(draft: Draft): string {
  const name = draft.answers.store?.nameLocal ?? draft.prefill.nameLocal;
  return typeof name === 'string' ? name : '';
}

/** `Cashier 1`: a spot by its type and which one of that type it is in this draft. */
export function labelOf(draft: Draft, key: SpotKey): SpotLabel {
  const types = draft.spots.map(({ answers }) => (typeof answers.spotType === 'string' ? answers.spotType : undefined));
  const index = draft.spots.findIndex((spot) => spot.key === key);
  return spotLabels(types)[index] ?? { spotType: 'CASHIER_COUNTER', number: 1 };
}

/** Whether a spot has a name yet: its place was answered. */
export function isNamed(draft: Draft, key: SpotKey): boolean {
  return spotOf(draft, key)?.answers.spotType !== undefined;
}

/** What every card of a promotion says: which shop, which spot, which step, what just happened. */
export function jobOf(draft: Draft): JobModel {
  const { step, of, spot } = progress(draft);
  return {
    product: flowOf(draft.flow).product,
    step,
    of,
    shop: shopName(draft),
    ...(spot !== undefined && isNamed(draft, spot) && { spot: labelOf(draft, spot) }),
    notes: draft.notes.map(({ code, slot, spot: at, short }) => ({
      code,
      ...(at !== undefined && { spot: labelOf(draft, at) }),
      ...(slot !== undefined && { slot: slot.name }),
      ...(short !== undefined && { short }),
    })),
  };
}
