/** Where a code can stand in a shop (domain A.9), the cashier counter first (policy P3). */
export const SPOT_TYPES = [
  'CASHIER_COUNTER',
  'ENTRANCE_DOOR',
  'WINDOW',
  'TABLE',
  'WALL',
  'SHELF',
  'QUEUE_LINE',
  'SELF_SERVICE_KIOSK',
  'OTHER',
] as const;
export type SpotType = (typeof SPOT_TYPES)[number];

/** `Cashier 1`: the type's name in the reader's language, and which one of that type. */
export interface SpotLabel {
  readonly spotType: SpotType;
  readonly number: number;
}

/** The label of each spot, in order: each type is numbered on its own. A spot without a type yet is a cashier counter. */
export function spotLabels(types: readonly (string | undefined)[]): readonly SpotLabel[] {
  const seen = new Map<SpotType, number>();
  return types.map((type) => {
    const spotType = isSpotType(type) ? type : 'CASHIER_COUNTER';
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
  if (!isSpotType(type) || type === old.spotType) return old;
  const taken = new Set(others.flatMap((other) => (other.spotType === type ? [other.number] : [])));
  let number = 1;
  while (taken.has(number)) number += 1;
  return { spotType: type, number };
}

export function isSpotType(value: unknown): value is SpotType {
  return SPOT_TYPES.some((type) => type === value);
}
