/** From this part of what the organisation is allowed in a month on somebody is looked at. */
const PART = 1 / 10;
/** So many times what the others do is no diligence any more. */
const TIMES = 5;

/** From how many pushes on somebody is looked at, where so many are allowed in a month. */
export function pushesToLookAt(limit: number): number {
  return Math.ceil(limit * PART);
}

/** Whether one person's pushes are far above those of `others`, each of whom has at least one: a bot cannot refuse them. */
export function isFarAbove(pushes: number, others: readonly number[], limit: number): boolean {
  const sorted = others.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return pushes >= pushesToLookAt(limit) && pushes >= TIMES * median;
}
