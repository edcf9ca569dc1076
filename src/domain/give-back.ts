/** Why somebody gives a task back, as the form asks it. */
export const GIVE_BACK_REASONS = ['TOO_FAR', 'NO_TIME', 'KNOWS_THEM', 'OTHER'] as const;
export type GiveBackReason = (typeof GIVE_BACK_REASONS)[number];

export function isGiveBackReason(value: unknown): value is GiveBackReason {
  return GIVE_BACK_REASONS.some((reason) => reason === value);
}
