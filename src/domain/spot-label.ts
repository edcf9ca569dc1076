/** `Cashier 1`: what the programme calls a spot of its type in the reader's language, and which one of that type. */
export interface SpotLabel {
  /** Empty where the programme does not ask where a spot is. */
  readonly spotType: string;
  readonly number: number;
}

/** The label of each spot, in order: each type is numbered on its own. `unsaid` stands for a type that was not told yet. */
export function spotLabels(types: readonly (string | undefined)[], unsaid: string): readonly SpotLabel[] {
  const seen = new Map<string, number>();
  return types.map((spotType = unsaid) => {
    const number = (seen.get(spotType) ?? 0) + 1;
    seen.set(spotType, number);
    return { spotType, number };
  });
}

/**
 * The label of a spot that was submitted and may be said to stand elsewhere now: the old one as long as its type is the same, else
 * the first number of the new type that no other spot there has.
 */
export function relabelled(old: SpotLabel, type: string | undefined, others: readonly SpotLabel[]): SpotLabel {
  if (type === undefined || type === old.spotType) return old;
  const taken = new Set(others.flatMap((other) => (other.spotType === type ? [other.number] : [])));
  let number = 1;
  while (taken.has(number)) number += 1;
  return { spotType: type, number };
}
