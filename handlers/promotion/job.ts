import type { JobModel } from '../../cards/promotion/job.ts';
import { spotLabels } from '../../src/domain/spot-label.ts';
import type { Draft, SpotKey } from '../../src/flow/draft.ts';

/** The name on the sign, as far as it is known. */
export function shopName(draft: Draft): string {
  const name = draft.answers.store?.nameLocal ?? draft.prefill.nameLocal;
  return typeof name === 'string' ? name : '';
}

/** `Cashier 1`: a spot by its type and which one of that type it is in this draft. */
export function spotNameOf(draft: Draft, key: SpotKey): SpotName {
  const labels = spotLabels(draft.spots.map(({ answers }) => asText(answers.spotType)));
  const label = labels[draft.spots.findIndex((spot) => spot.key === key)];
  return { place: label?.spotType ?? '', number: label?.number ?? 1 };
}

/** What every card of a promotion says: which shop, which spot, which step. */
export function jobOf(draft: Draft, at: { step: number; of: number; spot?: SpotKey | undefined }): JobModel {
  const { step, of, spot } = at;
  return { step, of, shop: shopName(draft), ...(spot === undefined ? {} : { spot: spotNameOf(draft, spot) }) };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
